import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { cleanFileName } from './clean-file-name'

describe('a file name', () => {
  it.each([
    ['photo.jpg', 'photo.jpg'],
    ['/home/ada/photo.jpg', 'photo.jpg'],
    ['C:\\Users\\ada\\photo.jpg', 'photo.jpg'],
    ['../../etc/passwd', 'passwd'],
    ['folder/', 'file'],
    ['', 'file'],
    ['   ', 'file'],
    ['..', 'file'],
    ['.env', '.env'],
    ['a\u0000b\n c\t.txt', 'ab c.txt'],
    ['\u202egpj.exe', 'gpj.exe'],
    ['Re\u0301sume\u0301.pdf', 'Résumé.pdf'],
    ['lone\ud800.txt', 'lone.txt'],
    [`${'x'.repeat(300)}.jpeg`, `${'x'.repeat(195)}.jpeg`],
    [`${'x'.repeat(300)}.${'y'.repeat(30)}`, 'x'.repeat(200)],
    [`${'😀'.repeat(150)}.md`, `${'😀'.repeat(98)}.md`],
  ])('%j is kept as %j', (given, kept) => {
    expect(cleanFileName(given)).toBe(kept)
  })

  test.prop([fc.string({ unit: 'binary', maxLength: 400 })])(
    'is plain, short and stays as it is',
    (given) => {
      const name = cleanFileName(given)
      expect(name.length).toBeGreaterThan(0)
      expect(name.length).toBeLessThanOrEqual(200)
      expect(name).not.toMatch(/[/\\\p{Cc}\p{Cs}]/u)
      expect(cleanFileName(name)).toBe(name)
    },
  )
})
