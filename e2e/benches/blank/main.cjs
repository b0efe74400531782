// The bare reference: one hardened window with one sentence in it, and nothing else.
const { app, BrowserWindow } = require('electron')
const { join } = require('node:path')

if (process.env.BLANK_USER_DATA) app.setPath('userData', process.env.BLANK_USER_DATA)
app.on('window-all-closed', () => app.quit())
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1180,
    height: 780,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  })
  void window.loadFile(join(__dirname, 'index.html'))
})
