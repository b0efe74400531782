import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { assetFileName } from './asset-file-name'

test.each([
  ['photo.png', 'image/png', 'photo.png'],
  ['Photo.JPG', 'image/jpeg', 'Photo.JPG'],
  ['IMG_1.heic', 'image/jpeg', 'IMG_1.jpg'],
  ['shot.v2', 'image/png', 'shot.v2.png'],
  ['shot', 'image/png', 'shot.png'],
  ['run.sh', 'text/plain', 'run.sh.txt'],
  ['page.html', 'text/plain', 'page.html.txt'],
  ['evil.exe', 'audio/wav', 'evil.exe.wav'],
  ['data.csv', 'text/plain', 'data.csv'],
  ['../../etc/passwd', 'text/plain', '-..-etc-passwd.txt'],
  ['.bashrc', 'text/plain', 'bashrc.txt'],
  ['CON.txt', 'text/plain', '-CON.txt'],
  ['photo‮gpj.exe', 'image/jpeg', 'photo-gpj.exe.jpg'],
  ['', 'application/pdf', 'file.pdf'],
  ['a.txt. . ', 'text/plain', 'a.txt'],
  ['thing', 'application/unknown', 'thing.bin'],
  [`${'写真'.repeat(60)}.png`, 'image/png', `${'写真'.repeat(25)}.png`],
])('%s of %s leaves as %s', (name, type, expected) => expect(assetFileName(name, type)).toBe(expected))

property.prop([fc.string({ unit: 'binary', maxLength: 400 }), fc.constantFrom('text/plain', 'image/png')])(
  'whatever the name was, it names a file of a kind that is opened and not run',
  (name, type) => {
    const made = assetFileName(name, type)
    expect(made).toMatch(
      type === 'image/png' ? /\.png$/i : /\.(txt|text|log|srt|vtt|md|[ct]sv|json|ya?ml|toml|ini)$/i,
    )
    expect(made).not.toMatch(/[/\\\0]|^\.|^\s*$/)
    expect(Buffer.byteLength(made)).toBeLessThan(200)
  },
)
