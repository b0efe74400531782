import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { createBridge } from './bridge'

contextBridge.exposeInMainWorld(
  'kheish',
  createBridge(ipcRenderer, process.platform, (file) => webUtils.getPathForFile(file)),
)

// The first number and the first date that a process writes cost it some 10 ms. These are written while the page's
// program, which was asked for by now, is on its way.
document.addEventListener(
  'readystatechange',
  () => {
    new Intl.NumberFormat(navigator.language).format(0)
    new Intl.DateTimeFormat(navigator.language, { month: 'long' }).format(0)
  },
  { once: true },
)
