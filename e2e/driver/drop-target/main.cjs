// Another application, beside the app: what is dropped on it is `dropped` in its page.
const { app, BrowserWindow } = require('electron')

void app.whenReady().then(() => {
  const window = new BrowserWindow({ x: 1150, y: 0, width: 400, height: 400, frame: false })
  return window.loadFile(`${__dirname}/index.html`)
})
