import { existsSync, readdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { tryCommand, whereIs } from './command.mjs'
import { say } from './progress.mjs'
import { systemLibraries } from './system-libraries.mjs'

vi.mock('node:fs', async (original) => ({ ...(await original()), existsSync: vi.fn(), readdirSync: vi.fn() }))
vi.mock('./command.mjs', () => ({ tryCommand: vi.fn(), whereIs: vi.fn() }))
vi.mock('./progress.mjs', async (original) => ({
  ...(await original()),
  say: vi.fn(),
  during: (_, work) => work(),
}))

const pngsuite = '/usr/share/go-1.22/src/image/png/testdata/pngsuite'
const sounds = '/usr/share/sounds/sound-icons'
const documents = '/usr/share/gocode/src/github.com/jung-kurt/gofpdf/pdf'
const encoders = [
  '/usr/bin/flac',
  '/usr/bin/lame',
  '/usr/bin/opusenc',
  '/usr/bin/flite',
  '/usr/bin/sox',
  '/usr/bin/pocketsphinx_continuous',
  '/usr/share/pocketsphinx/model/en-us',
  '/usr/bin/xdotool',
]
let there
let installable
let programs
let asked
/** What apt-get brings, by package. */
const brings = { 'golang-1.22-src': pngsuite, 'sound-icons': sounds }

beforeEach(() => {
  there = new Set(['/usr/share', documents, ...encoders])
  installable = ['golang-1.22-src', 'sound-icons']
  programs = /./
  asked = []
  vi.spyOn(process, 'platform', 'get').mockReturnValue('linux')
  vi.spyOn(process, 'getuid').mockReturnValue(0)
  vi.mocked(existsSync).mockImplementation((path) => there.has(path))
  vi.mocked(readdirSync).mockImplementation(() =>
    [...there].flatMap((path) => /^\/usr\/share\/(go-[^/]+)/.exec(path)?.[1] ?? []),
  )
  vi.mocked(whereIs).mockImplementation((name) =>
    name !== 'ldconfig' && programs.test(name) ? `/usr/bin/${name}` : undefined,
  )
  vi.mocked(tryCommand).mockImplementation(async (program, [word, ...words]) => {
    if (program === 'apt-cache')
      return { code: 0, output: installable.includes(words[0]) ? '  Candidate: 1.2-3' : '' }
    asked.push([word, ...words.filter((each) => !each.startsWith('-'))].join(' '))
    if (word === 'install') for (const name of words) if (brings[name]) there.add(brings[name])
    return { code: 0, output: '' }
  })
})
afterEach(() => vi.mocked(say).mockReset())

test('nothing is asked of the system where all is there', async () => {
  there.add(pngsuite).add(sounds)
  await systemLibraries('tests')
  expect(tryCommand).not.toHaveBeenCalled()
})

test('what is missing is installed, under the first name that the system knows', async () => {
  await systemLibraries('tests')
  expect(asked).toEqual(['install golang-1.22-src sound-icons'])
  expect(say).not.toHaveBeenCalled()
})

test('a system without lists asks for them first', async () => {
  const names = installable
  installable = []
  const answer = vi.mocked(tryCommand).getMockImplementation()
  vi.mocked(tryCommand).mockImplementation((program, words, options) => {
    if (words[0] === 'update') installable = names
    return answer(program, words, options)
  })
  await systemLibraries('tests')
  expect(asked).toEqual(['update', 'install golang-1.22-src sound-icons'])
})

describe('where no package brings what the tests want to read', () => {
  test('one sentence says so, and all else goes on', async () => {
    installable = ['sound-icons']
    await systemLibraries('tests')
    expect(asked).toEqual(['update', 'install sound-icons'])
    expect(say).toHaveBeenCalledExactlyOnceWith(
      expect.stringMatching(/pngsuite.*golang-1\.19-src or .*will say so/),
    )
  })

  test.each([
    ['nor an update', () => vi.mocked(tryCommand).mockResolvedValue({ code: 100, output: 'no network' })],
    [
      'for a person who may not install',
      () => (vi.mocked(process.getuid).mockReturnValue(1_000), (installable = [])),
    ],
    ['without apt-get', () => (programs = /^(?!apt)/)],
  ])('%s', async (_, harm) => {
    installable = []
    harm()
    await systemLibraries('tests')
    expect(say).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('sound-icons'))
  })
})

test('a person who may not install is told what to run', async () => {
  vi.mocked(process.getuid).mockReturnValue(1_000)
  await expect(systemLibraries('tests')).rejects.toThrow(
    /sudo apt-get install .* golang-1\.22-src sound-icons$/,
  )
})

test('what is needed still stops, with or without apt-get', async () => {
  programs = /^(?!xauth)/
  await expect(systemLibraries('tests')).rejects.toThrow('Still missing after the installation: xauth.')
  programs = /^(?!apt|xauth)/
  await expect(systemLibraries('tests')).rejects.toThrow('This system lacks xauth; install')
})
