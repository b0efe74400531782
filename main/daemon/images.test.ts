import { fault } from '@contract/fault'
import type { AssetId, MessageId, RunId } from '@contract/ids'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { trouble } from './ports/driver.fake'
import type { ToolCall } from './ports/tools'
import { Failure } from './core/failure'
import { createToolbox } from './tools/create-toolbox'
import { fresh, made, openStudio, route, type Studio } from './studio.suite'

let studio: Studio
beforeEach(async () => {
  studio = await openStudio({ routes: [route('main'), route('a'), route('b', { image_edit: false })] })
})
afterEach(() => studio.close())

const view = (id: AssetId) => studio.store.assets.get(id)?.view

/** What the model loop would hand a tool, in a chat whose last message shows these pictures. */
function callOf(
  pictures: readonly AssetId[] = [],
): ToolCall & { readonly steps: string[]; readonly paid_usd: readonly number[] } {
  const session_id = studio.chat()
  const message_id = `message_${session_id}` as MessageId
  studio.store.messages.add({
    message_id,
    session_id,
    parent_id: null,
    role: 'user',
    parts: pictures.flatMap((id) => {
      const asset = studio.store.assets.ref(id)
      return asset ? [{ kind: 'attachment', asset }] : []
    }),
    created_at_ms: 1,
    run_id: null,
  })
  const steps: string[] = []
  const paid: number[] = []
  return {
    run: {
      run_id: 'run_1' as RunId,
      session_id,
      kind: 'input',
      status: 'running',
      submitted_at_ms: 1,
      updated_at_ms: 1,
      position: 1,
      source_kind: 'desktop',
      route_id: 'a',
      model: 'openai/gpt-5.4-mini',
      generation: {},
      input: [],
      user_message_id: message_id,
      assistant_message_id: null,
      key_hash: 'k',
      fingerprint: 'f',
    },
    message_id,
    call_id: 'call_1',
    signal: new AbortController().signal,
    progress: ({ stage }) => void (steps.at(-1) === stage || steps.push(stage)),
    dispatch: () => void steps.push('dispatch'),
    paid: (usd) => void paid.push(usd),
    paid_usd: paid,
    steps,
  }
}
const tool = (name: string) => {
  const found = studio.tools.find(({ tool: each }) => each.view.name === name)?.tool
  if (!found) throw new Error(`there is no ${name}`)
  return found
}

describe('generate_image', () => {
  test('S17: what the provider made is an asset that says how it was made', async () => {
    const call = callOf()
    const { output, facts } = await tool('generate_image').run({ prompt: 'a red fox', size: 'square' }, call)
    expect(output).toMatchObject({ provider: 'openrouter', route_id: 'a', model: 'openai/gpt-5-image-mini' })
    const [asset] = facts?.assets ?? []
    expect(asset).toMatchObject({ media_type: 'image/png', file_name: 'a red fox.png', width: 8 })
    expect(view(asset?.asset_id as AssetId)).toMatchObject({
      origin: 'generated',
      provenance: [
        {
          kind: 'image_generation',
          tool_name: 'generate_image',
          session_id: call.run.session_id,
          run_id: 'run_1',
          tool_call_id: 'call_1',
          route_id: 'a',
          provider: 'openrouter',
          model: 'openai/gpt-5-image-mini',
          prompt_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
          source_assets: [],
          output_index: 1,
          output_count: 1,
        },
      ],
    })
    expect(JSON.stringify(view(asset?.asset_id as AssetId)?.provenance)).not.toContain('fox')
    expect(facts).toMatchObject({ cost_usd: 0.04, route_id: 'a' })
    // Written down right before what may cost, not earlier.
    expect(call.steps).toEqual(['asking', 'dispatch', 'generating', 'storing'])
  })

  test('asks again until there are enough, and drops what is beyond', async () => {
    const counts = [1, 5]
    studio.makes(async () => made(counts.shift() ?? 1))
    const { facts } = await tool('generate_image').run({ prompt: 'x', count: 4 }, callOf())
    expect(facts?.assets?.map(({ file_name }) => file_name)).toEqual([
      'x 1.png',
      'x 2.png',
      'x 3.png',
      'x 4.png',
    ])
    expect(studio.asked.map(({ count }) => count)).toEqual([4, 3])
    expect(facts?.cost_usd).toBeCloseTo(0.08)
  })

  test('keeps what is there when the provider gives up on the way', async () => {
    let asks = 0
    studio.makes(async () => {
      if ((asks += 1) === 2) throw trouble('rate_limited', true)
      return made(1)
    })
    const { output, facts } = await tool('generate_image').run({ prompt: 'x', count: 3 }, callOf())
    expect(facts?.assets).toHaveLength(1)
    expect(output).toMatchObject({ shortfall: { missing: 2 } })
  })

  test('asks for no more once nobody knows what became of some', async () => {
    const { fault: failure } = trouble('timeout', false)
    studio.makes(async () => made(1, { failure }))
    const { output } = await tool('generate_image').run({ prompt: 'x', count: 3 }, callOf())
    expect(output).toMatchObject({ shortfall: { missing: 2, reason: failure.detail } })
    expect(studio.asked).toHaveLength(1)
  })

  test('goes on to the next route in order, and lists why all failed', async () => {
    studio.makes(async ({ route_id }) => {
      if (route_id !== 'b') throw trouble(route_id === 'a' ? 'payment' : 'provider_down', false)
      return made()
    })
    const { output } = await tool('generate_image').run({ prompt: 'x' }, callOf())
    expect(output).toMatchObject({ route_id: 'b' })
    expect(studio.asked.map(({ route_id }) => route_id)).toEqual(['a', 'main', 'b'])

    studio.makes(async () => {
      throw trouble('provider_down', true)
    })
    expect(await studio.refused(() => tool('generate_image').run({ prompt: 'x' }, callOf()))).toMatchObject({
      code: 'image_routes_failed',
      tried: [{ route_id: 'a' }, { route_id: 'main' }, { route_id: 'b' }],
      retryable: true,
      detail: expect.stringContaining('main: The provider had trouble') as string,
    })
  })

  test.each([
    [
      'a named route fails',
      { provider: 'main' },
      () => trouble('provider_down', true),
      'provider_error',
      ['main'],
    ],
    ['nobody knows the outcome', {}, () => trouble('timeout', false), 'provider_error', ['a']],
    ['our own disk is full', {}, () => new Failure(fault('storage_full', 'Full.')), 'storage_full', ['a']],
  ] as const)('no other route is tried when %s', async (_what, named, why, code, routes) => {
    studio.makes(async () => {
      throw why()
    })
    const refused = await studio.refused(() =>
      tool('generate_image').run({ prompt: 'x', ...named }, callOf()),
    )
    expect(refused).toMatchObject({ code })
    expect(studio.asked.map(({ route_id }) => route_id)).toEqual(routes)
  })

  test('pictures that can’t be kept count as none, and leave nothing', async () => {
    const webp = new TextEncoder().encode('RIFF....WEBPVP8 ')
    studio.makes(async () => made(0, { images: [{ bytes: webp }, { bytes: fresh().subarray(0, 40) }] }))
    expect(
      await studio.refused(() => tool('generate_image').run({ prompt: 'x', provider: 'main' }, callOf())),
    ).toMatchObject({ code: 'provider_error', kind: 'no_image' })
    expect(studio.store.assets.counts().assets).toBe(0)
  })

  test('a 404 for the image endpoint is remembered: from then on the model is asked by chat', async () => {
    studio.makes(async ({ path }) => {
      if (path === 'images')
        throw new Failure(
          fault('provider_error', 'No such door.', {
            kind: 'no_endpoint',
            retryable: false,
            http_status: 404,
          }),
        )
      return made()
    })
    await tool('generate_image').run({ prompt: 'x', provider: 'main' }, callOf())
    await tool('generate_image').run({ prompt: 'y', provider: 'main' }, callOf())
    expect(studio.asked.map(({ path }) => path)).toEqual(['images', 'chat', 'chat'])
  })

  test('a route that was never asked says first what its models know; one without such a list is asked by chat', async () => {
    const entry = {
      route_id: 'main',
      id: 'openai/gpt-5-image-mini',
      name: 'Mini',
      can_edit: true,
      can_stream: false,
      parameters: { size: { type: 'enum', values: ['1024x1024'] } },
    } as const
    let asked = 0
    studio.driver.listImageModels = async ({ route_id }) => {
      asked += 1
      return route_id === 'main' ? [entry] : undefined
    }
    await tool('generate_image').run({ prompt: 'x', provider: 'main', size: 'square' }, callOf())
    await tool('generate_image').run({ prompt: 'y', provider: 'main' }, callOf())
    await tool('generate_image').run({ prompt: 'z', provider: 'b' }, callOf())
    expect(asked).toBe(2)
    expect(studio.asked.map(({ path, image_entry }) => [path, image_entry])).toEqual([
      ['images', entry],
      ['images', entry],
      ['chat', undefined],
    ])
    expect(studio.service.models('main')).toEqual([entry])
  })

  test('what the model’s descriptors allow is offered and sent; everything else is passed over', async () => {
    const described = {
      route_id: 'a',
      id: 'openai/gpt-5-image-mini',
      name: 'Mini',
      can_edit: true,
      can_stream: false,
      parameters: {
        quality: { type: 'enum', values: ['low', 'high'] },
        output_format: { type: 'enum', values: ['webp', 'png'] },
        seed: { type: 'range', min: 0, max: 9 },
        style: { type: 'enum', values: ['vivid'] },
      },
    } as const
    const choice = { route_id: 'a', model: 'openai/gpt-5.4-mini' }
    const properties = () =>
      createToolbox(studio.tools)
        .visible(choice)
        .map(({ view: { parameters } }) => parameters['properties'] as Record<string, object>)
    const plain = ['prompt', 'count', 'size', 'provider', 'model']
    expect(properties().map((each) => Object.keys(each))).toEqual([
      plain,
      ['prompt', 'image_asset_ids', ...plain.slice(1)],
    ])
    studio.store.imageModels.replace('a', [described], 1)
    for (const each of properties()) {
      expect(Object.keys(each).slice(-3)).toEqual(['quality', 'output_format', 'seed'])
      expect(each).toMatchObject({
        quality: { type: 'string', enum: ['low', 'high'] },
        output_format: { enum: ['png'] },
        seed: { type: 'integer', minimum: 0, maximum: 9 },
      })
    }
    const run = (more: object) => tool('generate_image').run({ prompt: 'x', ...more }, callOf())
    await run({ quality: 'low', seed: 4, style: 'vivid', background: 7, output_format: null })
    expect(studio.asked[0]?.options).toEqual({ quality: 'low', seed: 4 })
    for (const wrong of [{ quality: 1 }, { seed: 'x' }, { output_format: 'webp' }])
      expect(await studio.refused(() => run(wrong))).toMatchObject({ code: 'image_order_invalid' })
    // Nothing is known of what another route's model takes.
    await run({ provider: 'main', quality: 1 })
    expect(studio.asked.at(-1)?.options).toBeUndefined()
    expect(studio.asked).toHaveLength(2)
  })

  test('what was paid is told even when nothing of the answer can be kept', async () => {
    const call = callOf()
    studio.makes(async () => made(0))
    await studio.refused(() => tool('generate_image').run({ prompt: 'x', provider: 'main' }, call))
    expect(call.paid_usd).toEqual([0.04])
  })

  test('mistyped input never gets to a provider', async () => {
    for (const input of [null, { prompt: 4 }, { prompt: 'x', count: 9 }, { prompt: 'x', size: '512x512' }]) {
      expect(await studio.refused(() => tool('generate_image').run(input, callOf()))).toMatchObject({
        code: 'image_order_invalid',
      })
    }
    expect(studio.asked).toEqual([])
  })
})

describe('edit_image', () => {
  test('S18: the source’s digest is recorded; without ids the one picture shown is meant; an empty list is an error', async () => {
    const source = await studio.picture('#ff0000')
    const call = callOf([source])
    studio.makes(async () => made(1, { text: ' Here it is. ' }))
    const { output, facts } = await tool('edit_image').run({ prompt: 'bluer' }, call)
    expect(output).toMatchObject({ route_id: 'a', revised_prompt: 'Here it is.' })
    const [asset] = facts?.assets ?? []
    const { sha256 } = view(source) ?? {}
    expect(view(asset?.asset_id as AssetId)).toMatchObject({
      origin: 'edited',
      provenance: [
        { kind: 'image_edit', source_assets: [{ asset_id: source, media_type: 'image/png', sha256 }] },
      ],
    })
    expect(studio.asked[0]?.references).toHaveLength(1)

    for (const image_asset_ids of [[], null, ['asset_unknown']]) {
      const refused = await studio.refused(() =>
        tool('edit_image').run({ prompt: 'x', image_asset_ids }, call),
      )
      expect(refused).toMatchObject({
        code: image_asset_ids?.length ? 'asset_not_found' : 'image_order_invalid',
      })
    }
    const two = callOf([source, await studio.picture('#00ff00')])
    expect(await studio.refused(() => tool('edit_image').run({ prompt: 'x' }, two))).toMatchObject({
      field: 'image_asset_ids',
    })
    expect(studio.asked).toHaveLength(1)
  })

  test('only routes that edit are tried', async () => {
    const source = await studio.picture('#ff0000')
    studio.makes(async () => {
      throw trouble('provider_down', true)
    })
    await studio.refused(() => tool('edit_image').run({ prompt: 'x' }, callOf([source])))
    expect(studio.asked.map(({ route_id }) => route_id)).toEqual(['a', 'main'])
  })
})

test('S28: each tool is there while some route has its backend', async () => {
  const choice = { route_id: 'x', model: 'y' }
  const names = (from: Studio) =>
    from.tools.filter((each) => each.isVisible(choice)).map(({ tool: each }) => each.view.name)
  expect(names(studio)).toEqual(['generate_image', 'edit_image'])
  const less = await openStudio({ routes: [route('main', { image_edit: false })] })
  const none = await openStudio({ routes: [route('main', { image_edit: false, image_generation: false })] })
  expect([names(less), names(none)]).toEqual([['generate_image'], []])
  await less.close()
  await none.close()
})
