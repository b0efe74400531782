// A browser with one page, for what a web site could try.
const { app, BrowserWindow } = require('electron')

void app.whenReady().then(() => new BrowserWindow({ show: false }).loadURL(process.argv.at(-1)))
