import { createServer } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { defaultApp } from './default-app.mjs'
import { requireDisplay } from './display.mjs'
import { isModern } from './with-node.mjs'

afterEach(() => vi.unstubAllEnvs())

test.each([
  ['20.20.2', false],
  ['24.14.9', false],
  ['24.15.0', true],
  ['26.0.0', true],
])('Node %s is new enough: %s', (version, answer) => {
  expect(isModern(version)).toBe(answer)
})

test('the archive that opens an app by its path lists files that are where it says', () => {
  const archive = defaultApp()
  const length = archive.readUInt32LE(12)
  const { files } = JSON.parse(archive.toString('utf8', 16, 16 + length))
  const start = 8 + archive.readUInt32LE(4)
  const read = ({ offset, size }) =>
    archive.toString('utf8', start + Number(offset), start + Number(offset) + size)
  expect(JSON.parse(read(files['package.json'])).main).toBe('main.js')
  expect(read(files['main.js'])).toMatch(/^import \{ app \} from 'electron\/main'[^]*\}\n$/)
})

describe.runIf(process.platform === 'linux')('a display', () => {
  test('that is not named stops with one sentence', async () => {
    vi.stubEnv('DISPLAY', '')
    vi.stubEnv('WAYLAND_DISPLAY', '')
    await expect(requireDisplay('npm start')).rejects.toThrow(
      /^This machine has no display .*xvfb-run -a npm start/,
    )
  })

  test('that does not answer stops as well', async () => {
    vi.stubEnv('DISPLAY', ':9741')
    await expect(requireDisplay('npm start')).rejects.toThrow('DISPLAY=:9741 does not answer')
  })

  test('that answers on its abstract name is good', async () => {
    const server = createServer().listen({ path: '\0/tmp/.X11-unix/X9742' })
    vi.stubEnv('DISPLAY', ':9742.0')
    await expect(requireDisplay('npm start')).resolves.toBeUndefined()
    server.close()
  })
})
