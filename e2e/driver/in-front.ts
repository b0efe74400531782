import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { ElectronApplication } from '@playwright/test'
import { isThere } from './speech'

const run = promisify(execFile)

/** Whether this machine can press keys for whatever window is in front, as a person does. */
export const canPress = (): boolean => process.platform === 'linux' && isThere('xdotool')

/** Through the display, not through a page: programs with a key of the whole desktop hear it too. */
export const pressKeys = async (keys: string): Promise<void> => {
  await run('xdotool', ['key', keys])
}

/** The window of this program gets the keys from now on. A display without a window manager leaves that to us. */
export async function bringToFront(program: ElectronApplication): Promise<void> {
  const id = await program.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.show()
    return window?.getNativeWindowHandle().readUInt32LE() ?? 0
  })
  await run('xdotool', ['windowfocus', '--sync', String(id)])
}
