import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { createBridge } from './bridge'

contextBridge.exposeInMainWorld(
  'kheish',
  createBridge(ipcRenderer, process.platform, (file) => webUtils.getPathForFile(file)),
)
