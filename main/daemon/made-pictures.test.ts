import type { Message, ToolFacts } from '@contract/message'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { paintedPng, solidPng } from '../demo-provider/solid-pictures.suite'
import { openHouse, type House } from './testing'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

let keys = 0
const submit = async (session_id: string, prompt: string, more: object = {}) =>
  house.ask('images.submit', {
    session_id,
    idempotency_key: `picture-${String((keys += 1))}`,
    prompt,
    ...more,
  })
const ended = async (run_id: string) => house.until('run.ended', ({ run }) => run.run_id === run_id)
const factsIn = (message: Message | null): ToolFacts => {
  const [part] = message?.parts ?? []
  return (part?.kind === 'tool_call' && part.facts) || {}
}
const upload = (file_name: string, bytes: Buffer) =>
  house.ask('assets.import', { file_name, content_base64: bytes.toString('base64') })

describe('pictures on the demo provider', () => {
  test('are made, edited where a region is marked with a proof, and still a tree after a restart', async () => {
    const chat = await house.chat()
    const photo = await upload('photo.png', solidPng(200, 120, '#2060c0'))
    const isMarked = (x: number, y: number) => x >= 60 && x < 80 && y >= 40 && y < 60
    const mask = paintedPng(200, 120, (x, y) => (isMarked(x, y) ? '#ffffff' : '#000000'))
    const { run } = await submit(chat, 'a red kite', {
      source_asset_ids: [photo.asset_id],
      region: { mask_base64: mask.toString('base64'), feather_px: 0 },
    })
    const { run: over, message } = await ended(run.run_id)
    expect(over).toMatchObject({ status: 'completed', receipt: { cost: { basis: 'reported' } } })
    const { proofs, assets = [] } = factsIn(message)
    expect(proofs).toMatchObject([
      {
        asset_id: assets[0]?.asset_id,
        width: 200,
        height: 120,
        outside_pixels: 200 * 120 - 400,
        outside_changed: 0,
      },
    ])
    expect(assets[0]).toMatchObject({ width: 200, height: 120, media_type: 'image/png' })
    // Masks and what models made of a region are in no list.
    const { assets: listed } = await house.ask('assets.list', { kind: 'image' })
    expect(listed.map(({ asset_id }) => asset_id)).toEqual([assets[0]?.asset_id, photo.asset_id])

    for (const prompt of ['greener', 'darker']) {
      const again = await submit(chat, prompt, { source_asset_ids: [assets[0]?.asset_id] })
      expect((await ended(again.run.run_id)).run.status).toBe('completed')
    }
    await house.restart()
    const { versions } = await house.ask('images.versions', { asset_id: photo.asset_id })
    expect(versions).toMatchObject([
      { asset: { asset_id: photo.asset_id }, parent_id: null },
      {
        parent_id: photo.asset_id,
        prompt: 'a red kite',
        mask_asset_id: expect.stringContaining('asset_') as string,
        proof: { outside_changed: 0 },
        session_id: chat,
      },
      { parent_id: assets[0]?.asset_id, prompt: 'greener' },
      { parent_id: assets[0]?.asset_id, prompt: 'darker' },
    ])
    const { session, messages } = await house.ask('sessions.transcript', { session_id: chat })
    expect(session).toMatchObject({ title: 'a red kite', activity: 'idle' })
    expect(messages.map(({ role }) => role).join()).toBe('user,assistant,user,assistant,user,assistant')
  })

  test('a mask of another size ends the run before anything is sent', async () => {
    const photo = await upload('photo.png', solidPng(100, 100, '#2060c0'))
    const { run } = await submit(await house.chat(), 'x', {
      source_asset_ids: [photo.asset_id],
      region: { mask_base64: solidPng(90, 100, '#ffffff').toString('base64') },
    })
    expect((await ended(run.run_id)).run).toMatchObject({
      status: 'failed',
      error: { code: 'asset_invalid', check: 'mask_size' },
    })
    expect(house.provider.requests.filter(({ path }) => path === '/v1/images')).toEqual([])
  })

  test('what may make pictures is listed with the default', async () => {
    await house.ask('models.refresh', {})
    const { models, default_choice } = await house.ask('images.models', {})
    expect(default_choice).toEqual({ provider: 'openrouter', model: 'openai/gpt-5-image-mini' })
    expect(models.find(({ id }) => id === 'openai/gpt-5-image-mini')).toMatchObject({ can_edit: true })
    const { tools } = await house.ask('tools.list', {})
    expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(['generate_image', 'edit_image']))
  })

  test.each(['on', 'full'] as const)(
    'at level %s orders of pictures are evidence without their words and bytes',
    async (level) => {
      await house.ask('runtime.setDebugLevel', { level })
      const chat = await house.chat()
      const photo = await upload('photo.png', solidPng(64, 64, '#2060c0'))
      const own = await submit(chat, 'a nightingale', { source_asset_ids: [photo.asset_id] })
      const asked = await house.submit(await house.chat(), 'Draw a nightingale.')
      for (const [{ run }, images] of [
        [own, 1],
        [asked, 0],
      ] as const) {
        const { run: over, message } = await ended(run.run_id)
        const call = message?.parts.find((part) => part.kind === 'tool_call')
        expect([over.status, call?.state]).toEqual(['completed', 'done'])
        const { artifacts } = await house.ask('runs.debug', { run_id: run.run_id })
        const ids = artifacts.map(({ artifact_id }) => artifact_id).filter((id) => id.includes('image'))
        expect(ids).toEqual(['openrouter-image-provider-request', 'openrouter-image-provider-response'])
        const bodies: string[] = []
        for (const artifact_id of ids) {
          bodies.push((await house.ask('runs.debugArtifact', { run_id: run.run_id, artifact_id })).body)
        }
        const model = 'openai/gpt-5-image-mini'
        const [request = '', response = ''] = bodies
        expect(JSON.parse(request)).toMatchObject({
          model,
          path: 'images',
          image_count: images,
          prompt_length: expect.any(Number) as number,
        })
        expect(JSON.parse(response)).toMatchObject({ model, image_count: 1 })
        expect(bodies.join()).not.toMatch(/nightingale|iVBOR|base64/i)
        expect(bodies.join().length).toBeLessThan(1_000)
      }
    },
  )
})
