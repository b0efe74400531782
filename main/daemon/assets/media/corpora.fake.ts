import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const share = '/usr/share'

/**
 * Pictures, documents and sounds that others made, as Debian ships them; `npm test` installs them (scripts/system-libraries.mjs).
 * Go 1.19.8-2 (golang-1.19-src): PngSuite, and JPEG and GIF in every sampling, progressive, CMYK, cut short.
 * sound-icons 0.1-8: short WAV files.
 * gofpdf 2.17.2+ds-3 (golang-github-jung-kurt-gofpdf-dev): some 50 PDF files with fonts, pictures, layers, attachments, one with a password.
 */
export function corpus(
  name: 'pngsuite' | 'png' | 'images' | 'sounds' | 'pdf',
  ending: string,
): readonly string[] {
  const go = readdirSync(share).find((each) => /^go-1\.\d+$/.test(each)) ?? 'go-1.19'
  const folder = {
    pngsuite: `${go}/src/image/png/testdata/pngsuite`,
    png: `${go}/src/image/png/testdata`,
    images: `${go}/src/image/testdata`,
    sounds: 'sounds/sound-icons',
    pdf: 'gocode/src/github.com/jung-kurt/gofpdf/pdf',
  }[name]
  const path = join(share, folder)
  if (!existsSync(path))
    throw new Error(`${path} is missing; it comes with Debian’s golang-1.19-src, sound-icons or gofpdf`)
  return readdirSync(path)
    .filter((each) => each.endsWith(ending))
    .sort()
    .map((each) => join(path, each))
}

/** Encoders of others: flac 1.4.2+ds-2, lame 3.100-6, opusenc of opus-tools 0.2-1. */
const encoders = {
  flac: (from: string, to: string) => ['flac', '--silent', '-o', to, from],
  mp3: (from: string, to: string) => ['lame', '--quiet', '--tt', 'A sound', from, to],
  opus: (from: string, to: string) => ['opusenc', '--quiet', from, to],
} as const

/** A WAV file as another encoder has it. */
export function encoded(from: string, ending: keyof typeof encoders, to: string): void {
  const [program, ...args] = encoders[ending](from, to)
  execFileSync(program as string, args, { stdio: 'ignore' })
}
