import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { isWayland } from './is-wayland'

/** A program that presses the keys of pasting in whatever is in front. No text is among its words. */
export interface PasteWay {
  readonly program: string
  readonly words: readonly string[]
}

type Env = Readonly<Record<string, string | undefined>>

/** What there is on this system, the best first; `find` answers where a program of the path is. */
export function pasteWays(
  platform: NodeJS.Platform,
  env: Env,
  find: (program: string) => string | undefined,
): readonly PasteWay[] {
  if (platform === 'darwin') {
    const script = 'tell application "System Events" to keystroke "v" using command down'
    return [{ program: '/usr/bin/osascript', words: ['-e', script] }]
  }
  if (platform === 'win32') {
    const script = "(New-Object -ComObject WScript.Shell).SendKeys('^v')"
    const program = join(env['SystemRoot'] ?? 'C:\\Windows', 'System32/WindowsPowerShell/v1.0/powershell.exe')
    return [{ program, words: ['-NoProfile', '-NonInteractive', '-Command', script] }]
  }
  const ways: readonly PasteWay[] = isWayland(env)
    ? [
        { program: 'wtype', words: ['-M', 'ctrl', 'v', '-m', 'ctrl'] },
        // Left control and V, pressed and let go, as the kernel numbers keys.
        { program: 'ydotool', words: ['key', '29:1', '47:1', '47:0', '29:0'] },
      ]
    : [{ program: 'xdotool', words: ['key', '--clearmodifiers', 'ctrl+v'] }]
  return ways.flatMap(({ program, words }) => {
    const path = find(program)
    return path === undefined ? [] : [{ program: path, words }]
  })
}

/** Where a program of the path is; absolute folders only. */
export const onPath =
  (env: Env) =>
  (program: string): string | undefined =>
    (env['PATH'] ?? '')
      .split(delimiter)
      .filter((folder) => folder.startsWith('/'))
      .map((folder) => join(folder, program))
      .find((path) => existsSync(path))

const patienceMs = 4_000

/** Without a shell; whether it ended well. */
export const press = ({ program, words }: PasteWay): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(program, words, { stdio: 'ignore', timeout: patienceMs, windowsHide: true })
    child.once('error', () => resolve(false))
    child.once('close', (code) => resolve(code === 0))
  })
