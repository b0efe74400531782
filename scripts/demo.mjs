// npm run demo: the app on the built-in demo provider, without key or network.
import { openApp } from './app.mjs'

await openApp('npm run demo', ['--demo'])
