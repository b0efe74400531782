export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>
  /** As Node names it: `linux`, `darwin`, `win32`. */
  readonly platform: string
  /** The person's home folder, absolute. */
  readonly home: string
}

/**
 * The folder that owns all state of the daemon. `KHEISH_STATE_ROOT` wins and may be relative: the caller makes it
 * absolute. Otherwise it is where the platform keeps settings of applications.
 */
export function stateRootFor({ env, platform, home }: Machine): string {
  const chosen = filled(env['KHEISH_STATE_ROOT'])
  if (chosen !== undefined) return chosen
  if (platform === 'win32') return `${filled(env['APPDATA']) ?? `${home}\\AppData\\Roaming`}\\Kheish`
  if (platform === 'darwin') return `${home}/Library/Application Support/Kheish`
  const config = filled(env['XDG_CONFIG_HOME'])
  // A relative XDG_CONFIG_HOME is to be ignored (XDG base directory specification).
  return `${config?.startsWith('/') ? config : `${home}/.config`}/Kheish`
}

const filled = (text: string | undefined): string | undefined => (text?.trim() ? text : undefined)
