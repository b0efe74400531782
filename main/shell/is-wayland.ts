/** Whether the desktop is a Wayland one, whatever this program itself runs on. */
export const isWayland = (env: Readonly<Record<string, string | undefined>>): boolean =>
  env['XDG_SESSION_TYPE'] === 'wayland' || (env['WAYLAND_DISPLAY'] ?? '') !== ''
