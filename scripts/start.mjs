// npm start: from a fresh clone to the open window.
import { openApp } from './app.mjs'

await openApp('npm start')
