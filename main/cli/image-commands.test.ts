import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { solidPng } from '../demo-provider/solid-pictures.suite'
import { openDesktop, type Desktop } from './testing'

let desktop: Desktop
beforeEach(async () => {
  desktop = await openDesktop()
  await desktop.ready()
})
afterEach(() => desktop.close())

const isPng = async (path: string) => (await readFile(path)).subarray(1, 4).toString() === 'PNG'
const json = (text: string) => JSON.parse(text) as Record<string, never>

test('pictures are made, printed by id, and written to files that are numbered', async () => {
  const one = await desktop.kheish('images generate a~red~fox --size square --out fox')
  expect(one).toMatchObject({ code: 0, out: `${join(desktop.root, 'fox.png')}\n` })
  expect(one.err).toMatch(/^session .+\n(.+\n)*generating\n(.+\n)*openai\/gpt-5-image-mini/)
  expect(await isPng(join(desktop.root, 'fox.png'))).toBe(true)

  const chat = /^session (\S+)/.exec(one.err)?.[1] ?? ''
  const two = await desktop.kheish(
    `images generate two~foxes --count 2 --session ${chat} --out foxes.png --json`,
  )
  expect(two.code).toBe(0)
  expect(json(two.out)).toMatchObject({
    session_id: chat,
    run: { status: 'completed', kind: 'image' },
    assets: [{ media_type: 'image/png' }, { media_type: 'image/png' }],
    files: [join(desktop.root, 'foxes-1.png'), join(desktop.root, 'foxes-2.png')],
  })
  expect(await isPng(join(desktop.root, 'foxes-2.png'))).toBe(true)
})

test('a file or an asset is edited; a served daemon does the same', async () => {
  await writeFile(join(desktop.root, 'red.png'), solidPng(32, 32, '#ff0000'))
  const first = await desktop.kheish('images edit bluer --source red.png')
  expect(first.code).toBe(0)
  expect(first.out).toMatch(/^asset_\S+\n$/)
  const end = await desktop.serve()
  const second = await desktop.kheish(`images edit greener --source ${first.out.trim()} --json`)
  expect(json(second.out)).toMatchObject({
    run: { request: { image: { operation: 'edit', source_asset_ids: [first.out.trim()] } } },
    assets: [{ file_name: 'greener.png' }],
  })
  await end()
})

test.each([
  ['images generate ~', 2, 'image_order_invalid'],
  ['images generate fox --size 512x512', 2, 'image_order_invalid'],
  ['images generate fox --provider nobody', 2, 'route_unknown'],
  ['images generate fox --session gone', 5, 'session_not_found'],
  ['images edit bluer --source asset_gone', 5, 'asset_not_found'],
  ['images edit bluer --source gone.png', 2, 'asset_unreadable'],
  ['images edit bluer --source asset_gone --mask gone.png', 2, 'asset_unreadable'],
])('%s ends with %i', async (words, code, fault) => {
  const said = await desktop.kheish(words)
  expect([said.code, said.out]).toEqual([code, ''])
  expect(said.err).toContain(fault)
})

test('what makes pictures is listed, once it was asked for', async () => {
  await desktop.kheish('models list --refresh')
  const said = await desktop.kheish('images models')
  expect(said.code).toBe(0)
  expect(said.out).toMatch(/openrouter +openai\/gpt-5-image-mini/)
  expect(said.out).toContain('default: openrouter/openai/gpt-5-image-mini')
})
