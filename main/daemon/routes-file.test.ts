import { chmod, mkdir, readFile, rm, stat, symlink, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { House, HouseOptions } from './testing'
import { openHouse } from './testing'

let house: House
const open = async (options?: HouseOptions) => {
  house = await openHouse(options)
  return house
}
afterEach(() => house.close())

const path = () => join(house.stateRoot, 'routes.toml')
const onDisk = () => readFile(path(), 'utf8')
const backup = () => readFile(`${path()}.bak`, 'utf8')
const model = (text: string, name: string) => text.replace('openai/gpt-5.4-mini', name)

describe('the routes file in the window', () => {
  test('is read as it stands, with whether it is in force', async () => {
    await open()
    const seen = await house.ask('routesFile.read', {})
    expect(seen).toMatchObject({ file: path(), text: await onDisk(), is_in_force: true, has_backup: false })
    await writeFile(path(), `${seen.text}# mine\n`)
    expect(await house.ask('routesFile.read', {})).toMatchObject({ is_in_force: false })
  })

  test('is not in force when it was refused, even where the daemon had once loaded it', async () => {
    await open()
    const { text } = await house.ask('routesFile.read', {})
    await writeFile(path(), 'broken')
    await house.ask('daemon.reload', {})
    await writeFile(path(), text)
    expect(await house.ask('routesFile.read', {})).toMatchObject({ is_in_force: false })
    await house.ask('daemon.reload', {})
    expect(await house.ask('routesFile.read', {})).toMatchObject({ is_in_force: true })
  })

  test('is saved whole, keeps what was there, and applies with the next load', async () => {
    await open()
    const { text, sha256 } = await house.ask('routesFile.read', {})
    const wanted = model(text, 'x-ai/grok-4')
    const saved = await house.ask('routesFile.write', { text: wanted, expected_sha256: sha256 })
    expect(saved).toMatchObject({ text: wanted, is_in_force: false, has_backup: true })
    expect([await onDisk(), await backup()]).toEqual([wanted, text])
    expect((await house.ask('runtime.get', {})).model).toBe('openai/gpt-5.4-mini')
    await house.ask('daemon.reload', {})
    expect((await house.ask('runtime.get', {})).model).toBe('x-ai/grok-4')
  })

  test('a save takes back, and takes that back', async () => {
    await open()
    expect(await house.refused('routesFile.restore', {})).toMatchObject({ code: 'route_file_read_failed' })
    const { text, sha256 } = await house.ask('routesFile.read', {})
    const wanted = model(text, 'a/b')
    await house.ask('routesFile.write', { text: wanted, expected_sha256: sha256 })
    expect(await house.ask('routesFile.restore', {})).toMatchObject({ text, is_in_force: true })
    expect(await house.ask('routesFile.restore', {})).toMatchObject({ text: wanted })
  })

  test('refuses what the loader refuses, with the place, and leaves the file alone', async () => {
    await open()
    const { text, sha256 } = await house.ask('routesFile.read', {})
    const wrong = text.replace('auth_ref', 'auth_reff')
    const fault = await house.refused('routesFile.write', { text: wrong, expected_sha256: sha256 })
    expect(fault).toMatchObject({ code: 'route_file_invalid', reason: 'unknown_field', line: 8, column: 1 })
    const { report } = await house.ask('routesFile.check', { text: wrong })
    expect(report.errors[0]).toEqual(fault)
    expect(await onDisk()).toBe(text)
    expect(await house.ask('routesFile.read', {})).toMatchObject({ has_backup: false })
  })

  test('refuses to save over what somebody else wrote, and of two saves at once one', async () => {
    await open()
    const { text, sha256 } = await house.ask('routesFile.read', {})
    const save = (name: string) =>
      house.ask('routesFile.write', { text: model(text, name), expected_sha256: sha256 })
    const both = await Promise.allSettled([save('a/one'), save('a/two')])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(await onDisk()).toContain('a/one')
    expect(await house.refused('routesFile.write', { text, expected_sha256: sha256 })).toMatchObject({
      code: 'route_file_changed',
    })
  })

  test.each([
    ['is gone', () => rm(path())],
    ['is no text any more', () => writeFile(path(), Buffer.from([0xe9, 0x0a]))],
  ])('a file that %s is written anew when the person wants just that', async (_, spoil) => {
    await open()
    const { text, sha256 } = await house.ask('routesFile.read', {})
    const save = (expected_sha256: string | null) => ({ text: model(text, 'a/b'), expected_sha256 })
    expect(await house.refused('routesFile.write', save(null))).toMatchObject({ code: 'route_file_changed' })
    await spoil()
    expect(await house.refused('routesFile.read', {})).toMatchObject({ code: 'route_file_read_failed' })
    expect(await house.refused('routesFile.write', save(sha256))).toMatchObject({
      code: 'route_file_changed',
    })
    await house.ask('routesFile.write', save(null))
    expect(await onDisk()).toBe(model(text, 'a/b'))
  })

  test.skipIf(process.platform === 'win32')('keeps its rights, and stays a link to where it is', async () => {
    await open()
    const { text, sha256 } = await house.ask('routesFile.read', {})
    const target = join(house.stateRoot, 'elsewhere.toml')
    await writeFile(target, text)
    await chmod(target, 0o640)
    await unlink(path())
    await symlink(target, path())
    const wanted = model(text, 'a/b')
    await house.ask('routesFile.write', { text: wanted, expected_sha256: sha256 })
    expect(await readFile(target, 'utf8')).toBe(wanted)
    expect((await stat(target)).mode & 0o777).toBe(0o640)
    expect((await stat(`${path()}.bak`)).mode & 0o777).toBe(0o640)
    expect(await readFile(path(), 'utf8')).toBe(wanted)
  })

  test('where it may not be written it stays as it was', async () => {
    await open()
    const { text, sha256 } = await house.ask('routesFile.read', {})
    await mkdir(`${path()}.bak`)
    const save = { text: model(text, 'a/b'), expected_sha256: sha256 }
    expect(await house.refused('routesFile.write', save)).toMatchObject({ code: 'route_file_write_failed' })
    expect(await onDisk()).toBe(text)
  })

  test('there is none in the demo; a text can be tried all the same', async () => {
    await open({ ports: { demo: { prefix: 'http://127.0.0.1:9/v1' } }, routes: false })
    expect(await house.refused('routesFile.read', {})).toMatchObject({ code: 'not_ready' })
    expect(await house.ask('routesFile.check', { text: 'version = 1' })).toMatchObject({
      report: { ok: false },
    })
  })
})

describe('a form on the routes file', () => {
  test('shows what the text says, and a key only as there', async () => {
    await open()
    const text = [
      'default_route = "a"',
      '[routes.a]',
      'api_key = "planted-inline-value"',
      'api_key_env = "MY_KEY"',
      'auth_ref = "sk-or-v1-0123456789abcdef"',
      'image_edit = false',
      'organization = ["x"]',
    ].join('\n')
    const checked = await house.ask('routesFile.check', { text })
    expect(checked.form).toEqual({
      default_route: 'a',
      routes: [
        {
          route_id: 'a',
          fields: { api_key: true, api_key_env: 'MY_KEY', auth_ref: true, image_edit: false },
        },
      ],
    })
    expect(JSON.stringify([checked.form, checked.report])).not.toContain('planted')
  })

  test('changes a text without saving it', async () => {
    await open()
    const { text } = await house.ask('routesFile.read', {})
    const edited = await house.ask('routesFile.edit', {
      text,
      edit: { kind: 'rename_route', route_id: 'openrouter', to: 'lab' },
    })
    expect(edited.text).toBe(
      text.replace('[routes.openrouter]', '[routes.lab]').replace('= "openrouter"\n\n', '= "lab"\n\n'),
    )
    expect(edited).toMatchObject({
      report: { ok: true, default_route: 'lab' },
      form: { default_route: 'lab' },
    })
    expect(await onDisk()).toBe(text)
  })

  test('has no place in a text that is no TOML, nor for what is not there', async () => {
    await open()
    const edit = { kind: 'remove_route', route_id: 'ghost' } as const
    expect(await house.ask('routesFile.check', { text: 'a = [' })).toMatchObject({ form: null })
    expect(await house.refused('routesFile.edit', { text: 'a = [', edit })).toMatchObject({
      code: 'route_file_invalid',
      reason: 'toml_syntax',
    })
    expect(await house.refused('routesFile.edit', { text: 'version = 1', edit })).toMatchObject({
      code: 'call_refused',
    })
  })
})
