// Is there a display to open a window on? Asked before anything slow, because Electron crashes without one.
import { connect } from 'node:net'
import { join } from 'node:path'
import { Stop } from './progress.mjs'

/** Stops with one sentence when a window can't be opened here; `how` is the npm command the person typed. */
export async function requireDisplay(how) {
  if (process.platform !== 'linux') return
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  const virtual = `run it on a virtual one with: xvfb-run -a ${how}  (Debian and Ubuntu: apt-get install xvfb xauth)`
  if (!DISPLAY && !WAYLAND_DISPLAY)
    throw new Stop(`This machine has no display (neither DISPLAY nor WAYLAND_DISPLAY is set); ${virtual}`)
  if (DISPLAY && !(await answers(DISPLAY)))
    throw new Stop(`The display DISPLAY=${DISPLAY} does not answer; ${virtual}`)
}

/** What Electron must be told where only Wayland is there: the older runtime asks for X11 by default. */
export function displayArguments() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  return process.platform === 'linux' && !DISPLAY && WAYLAND_DISPLAY ? ['--ozone-platform=wayland'] : []
}

// X listens on a file, on an abstract name of the same spelling, or both; displays of other hosts are taken on trust.
async function answers(display) {
  const local = /^(?:unix)?:(\d+)/.exec(display)
  if (!local) return true
  const file = join('/tmp/.X11-unix', `X${local[1]}`)
  return (await opens(file)) || (await opens(`\0${file}`))
}

function opens(path) {
  return new Promise((settle) => {
    const socket = connect({ path })
    socket.on('connect', () => settle(true)).on('error', () => settle(false))
    socket.on('connect', () => socket.destroy())
  })
}
