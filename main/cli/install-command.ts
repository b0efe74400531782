import { posix, win32 } from 'node:path'

export interface LauncherNeeds {
  readonly platform: string
  readonly home: string
  /** `LOCALAPPDATA`, on Windows. */
  readonly localAppData?: string
  /** Absolute path of what starts the app; of an AppImage the file itself, not what is mounted. */
  readonly program: string
  /** What the program is given to find the app: its folder in a checkout, nothing when it is packaged. */
  readonly appPath?: string
}

/** A file that stands for `kheish` in a shell. */
export interface Launcher {
  readonly folder: string
  readonly path: string
  readonly text: string
  readonly mode: number
}

/** Before the words of a command, so that the app knows that it is one. */
export const commandLineSwitch = '--command-line'

const mark = 'Written by Kheish'
const onLinux = ['--ozone-platform=headless', '--no-sandbox', '--no-zygote']

/**
 * The launcher of the `kheish` command for this person. It starts the app with a switch, because a packaged app is no
 * plain Node; there is no page and therefore nothing for a sandbox or a display to do.
 */
export function launcherFor(needs: LauncherNeeds): Launcher {
  return needs.platform === 'win32' ? windowsLauncher(needs) : shellLauncher(needs)
}

/** Whether a file is a launcher of ours, whichever version wrote it. */
export const isLauncher = (text: string): boolean => text.includes(mark)

/** The words of a command, when the app was started for one. */
export function commandLineWords(argv: readonly string[]): readonly string[] | undefined {
  const end = argv.indexOf('--')
  return end > 0 && argv[end - 1] === commandLineSwitch ? argv.slice(end + 1) : undefined
}

function shellLauncher({ platform, home, program, appPath }: LauncherNeeds): Launcher {
  const folder = posix.join(home, '.local/bin')
  // Chromium's own remarks would stand between what the command says.
  const switches = ['--log-level=3', ...(platform === 'linux' ? onLinux : [])]
  const app = appPath === undefined ? [] : [quoted(appPath)]
  const words = [quoted(program), ...switches, ...app, commandLineSwitch, '--', '"$@"']
  const text = `#!/bin/sh\n# ${mark}: Settings installs and removes it.\nexec ${words.join(' ')}\n`
  return { folder, path: posix.join(folder, 'kheish'), text, mode: 0o755 }
}

function windowsLauncher({ home, localAppData, program, appPath }: LauncherNeeds): Launcher {
  // In every person's PATH since Windows 10.
  const folder = win32.join(localAppData ?? win32.join(home, 'AppData', 'Local'), 'Microsoft', 'WindowsApps')
  const inBatch = (path: string) => `"${path.replaceAll('%', '%%')}"`
  const app = appPath === undefined ? [] : [inBatch(appPath)]
  const words = [inBatch(program), ...app, commandLineSwitch, '--', '%*']
  const text = `@rem ${mark}: Settings installs and removes it.\r\n@${words.join(' ')}\r\n`
  return { folder, path: win32.join(folder, 'kheish.cmd'), text, mode: 0o755 }
}

const quoted = (path: string): string => `'${path.replaceAll("'", String.raw`'\''`)}'`
