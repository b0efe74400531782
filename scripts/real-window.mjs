// Where end-to-end tests and benches run: a keyring of their own and, on Linux, a virtual display of a fixed size, so
// that pictures and figures are the same whether or not somebody sits at the machine.
import { inKeyringSession } from './keyring-session.mjs'

export function inRealWindow(program, args, options) {
  if (process.platform !== 'linux') return inKeyringSession(program, args, options)
  const screen = ['-a', '-s', '-screen 0 1600x1000x24', program, ...args]
  return inKeyringSession('xvfb-run', screen, options)
}
