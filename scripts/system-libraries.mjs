// What the system itself must have on Linux. As root on Debian and Ubuntu it is installed; otherwise the one command
// to run is printed. Nothing is asked of the system when all is there: one run of ldconfig, a few looks at the PATH.
import { existsSync, readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { tryCommand, whereIs } from './command.mjs'
import { during, say, Stop } from './progress.mjs'

// Per purpose: what must be found, and the package that brings it (newer name first, where it changed).
const libraries = {
  keychain: { 'libsecret-1.so.0': ['libsecret-1-0'] },
  window: {
    'libgtk-3.so.0': ['libgtk-3-0t64', 'libgtk-3-0'],
    'libnss3.so': ['libnss3'],
    'libasound.so.2': ['libasound2t64', 'libasound2'],
    'libgbm.so.1': ['libgbm1'],
    'libdrm.so.2': ['libdrm2'],
    'libXrandr.so.2': ['libxrandr2'],
    'libXdamage.so.1': ['libxdamage1'],
    'libxkbcommon.so.0': ['libxkbcommon0'],
    'libcups.so.2': ['libcups2t64', 'libcups2'],
    'libatk-bridge-2.0.so.0': ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  },
}
const programs = {
  tests: {
    'xvfb-run': ['xvfb'],
    xauth: ['xauth'],
    'dbus-run-session': ['dbus'],
    'gnome-keyring-daemon': ['gnome-keyring'],
    gdbus: ['libglib2.0-bin'],
  },
  compiler: { 'g++': ['g++'], make: ['make'], python3: ['python3'] },
}
// Pictures, documents and sounds that others made, and encoders of others, for the tests of what is accepted; `*` stands for a version. Wanted, not needed:
// where no package brings them all else goes on, and the tests that read them say what is missing.
const files = {
  tests: {
    '/usr/share/go-*/src/image/png/testdata/pngsuite': [
      'golang-1.19-src',
      'golang-1.22-src',
      'golang-1.23-src',
      'golang-1.24-src',
    ],
    '/usr/share/sounds/sound-icons': ['sound-icons'],
    '/usr/share/gocode/src/github.com/jung-kurt/gofpdf/pdf': ['golang-github-jung-kurt-gofpdf-dev'],
    '/usr/bin/flac': ['flac'],
    '/usr/bin/lame': ['lame'],
    '/usr/bin/opusenc': ['opus-tools'],
    // What speaks and what listens, without a network.
    '/usr/bin/flite': ['flite'],
    '/usr/bin/sox': ['sox'],
    '/usr/bin/pocketsphinx_continuous': ['pocketsphinx'],
    '/usr/share/pocketsphinx/model/en-us': ['pocketsphinx-en-us'],
    // What presses keys in the window that is in front: also how the app itself types there.
    '/usr/bin/xdotool': ['xdotool'],
  },
}

/** `purposes`: any of keychain, window, tests, compiler. Stops with one sentence when something needed stays missing. */
export async function systemLibraries(...purposes) {
  if (process.platform !== 'linux') return
  const missing = await missingFor(purposes)
  if (missing.length === 0) return
  const needed = missing.filter(isNeeded)
  if (!whereIs('apt-get')) {
    if (needed.length === 0) return sayWanted(missing)
    throw new Stop(
      `This system lacks ${namesOf(needed)}; install them with its package program and run this again.`,
    )
  }
  if (process.getuid() !== 0) {
    const packages = await packagesOf(missing)
    if (packages.length === 0) return sayWanted(missing)
    const install = `sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`
    throw new Stop(`This system lacks ${namesOf(missing)}; install them with: ${install}`)
  }
  await during(`installing system packages for ${namesOf(missing)}`, () => installed(missing))
  const still = await missingFor(purposes)
  const stillNeeded = still.filter(isNeeded)
  if (stillNeeded.length > 0) throw new Stop(`Still missing after the installation: ${namesOf(stillNeeded)}.`)
  if (still.length > 0) sayWanted(still)
}

const isNeeded = ({ isWanted }) => !isWanted
const namesOf = (missing) => missing.map(({ found }) => found).join(', ')

function sayWanted(missing) {
  const packages = missing.map(({ packages }) => packages.join(' or ')).join('; ')
  say(
    `· no package here brings ${namesOf(missing)} (on Debian: ${packages}); the tests that read them will say so`,
  )
}

async function missingFor(purposes) {
  const ldconfig = whereIs('ldconfig')
  const known = ldconfig ? (await tryCommand(ldconfig, ['-p'])).output : null
  const missing = []
  for (const purpose of purposes) {
    for (const [found, packages] of Object.entries(libraries[purpose] ?? {}))
      if (known !== null && !known.includes(`\t${found} `)) missing.push({ found, packages })
    for (const [found, packages] of Object.entries(programs[purpose] ?? {}))
      if (!whereIs(found)) missing.push({ found, packages })
    for (const [found, packages] of Object.entries(files[purpose] ?? {}))
      if (!isThere(found)) missing.push({ found, packages, isWanted: true })
  }
  return missing
}

function isThere(path) {
  const [before, after] = path.split('*')
  if (after === undefined) return existsSync(path)
  const folder = dirname(`${before}x`)
  const start = before.slice(folder.length + 1)
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith(start)) : []
  return names.some((name) => existsSync(`${folder}/${name}${after}`))
}

async function installed(missing) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = async () => {
    const names = await packagesOf(missing)
    if (names.length === 0) return { code: 0 }
    return tryCommand('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names], { env })
  }
  // With lists of yesterday the first attempt often works and saves the update; without lists nothing has a name yet.
  if ((await areNamed(missing)) && (await install()).code === 0) return
  const update = await tryCommand('apt-get', ['update', '-q'], { env })
  if (update.code !== 0 && missing.some(isNeeded))
    throw new Stop(`apt-get update failed.\n${lastOf(update.output)}`)
  const { code, output } = await install()
  if (code !== 0 && missing.some(isNeeded)) throw new Stop(`apt-get install failed.\n${lastOf(output)}`)
}

const lastOf = (output) => output.trimEnd().split('\n').slice(-15).join('\n')

async function areNamed(missing) {
  for (const { packages } of missing) if (!(await firstInstallable(packages))) return false
  return true
}

/** What is wanted and has no name here is left out; what is needed is asked for all the same. */
async function packagesOf(missing) {
  const names = new Set()
  for (const { packages, isWanted } of missing) {
    const name = (await firstInstallable(packages)) ?? (isWanted ? undefined : packages.at(-1))
    if (name) names.add(name)
  }
  return [...names]
}

async function firstInstallable(packages) {
  for (const name of packages) {
    const { output } = await tryCommand('apt-cache', ['policy', name], {
      env: { ...process.env, LC_ALL: 'C' },
    })
    if (/Candidate: \d/.test(output)) return name
  }
}
