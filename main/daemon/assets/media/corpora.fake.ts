import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const share = '/usr/share'

/**
 * Pictures and sounds that others made, as Debian ships them; `npm test` installs them (scripts/system-libraries.mjs).
 * Go 1.19.8-2 (golang-1.19-src): PngSuite, and JPEG and GIF in every sampling, progressive, CMYK, cut short.
 * sound-icons 0.1-8: short WAV files.
 */
export function corpus(name: 'pngsuite' | 'png' | 'images' | 'sounds', ending: string): readonly string[] {
  const go = readdirSync(share).find((each) => /^go-1\.\d+$/.test(each)) ?? 'go-1.19'
  const folder = {
    pngsuite: `${go}/src/image/png/testdata/pngsuite`,
    png: `${go}/src/image/png/testdata`,
    images: `${go}/src/image/testdata`,
    sounds: 'sounds/sound-icons',
  }[name]
  const path = join(share, folder)
  if (!existsSync(path))
    throw new Error(`${path} is missing; it comes with Debian’s golang-1.19-src or sound-icons`)
  return readdirSync(path)
    .filter((each) => each.endsWith(ending))
    .sort()
    .map((each) => join(path, each))
}
