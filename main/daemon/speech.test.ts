import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { AssetView } from '@contract/assets'
import type { Message, ToolFacts } from '@contract/message'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Behaviour } from '../demo-provider/index'
import { checkWav } from './core/media-types/check-wav'
import { openHouse, oneRoute, type House } from './testing'

let house: House
beforeEach(async () => {
  house = await openHouse()
  plays()
})
afterEach(() => house.close())

/** What the provider does with the next requests for speech; hummed, for what is said is not tested here. */
const plays = (...behaviours: readonly Behaviour[]) => {
  house.provider.faults.clear()
  house.provider.faults.add(behaviours.map((each) => ({ on: 'speech', plain_voice: true, ...each })))
  house.provider.faults.add([{ on: 'speech', plain_voice: true, times: 999 }])
}
const spoken = () => house.provider.requests.filter(({ path }) => path === '/v1/audio/speech')
const bodies = () => spoken().map(({ body }) => body as Record<string, string>)
const library = async () => (await house.ask('assets.list', {})).assets
const bytesOf = async (id: string) => {
  const { stream } = await house.daemon().assets.open(id as AssetView['asset_id'], 'raw')
  const pieces: Uint8Array[] = []
  for await (const piece of stream) pieces.push(piece)
  return Buffer.concat(pieces)
}
const scratch = () => readdir(join(house.stateRoot, 'scratch', 'speech')).catch(() => [])
const sentences = Array.from({ length: 320 }, (_, at) => `This is sentence ${at + 100} of many.`).join(' ')
const long = (letters: number) => sentences.slice(0, letters).trim()

describe('audio.speak', () => {
  test('keeps an MP3 with where it comes from, and makes nothing twice, restart or not', async () => {
    const said = await house.ask('audio.speak', { input: 'Good morning.', speech_id: 'one' })
    expect(said).toMatchObject({
      route_id: 'openrouter',
      model: 'openai/gpt-4o-mini-tts-2025-12-15',
      voice: 'alloy',
      is_reused: false,
      asset: {
        media_type: 'audio/mpeg',
        kind: 'audio',
        origin: 'spoken',
        file_name: 'Good morning (alloy).mp3',
      },
    })
    const view = await house.ask('assets.get', { asset_id: said.asset.asset_id })
    expect(view.provenance).toMatchObject([
      {
        kind: 'audio_generation',
        tool_name: 'generate_audio',
        provider: 'openrouter',
        route_id: 'openrouter',
      },
    ])
    expect(view).not.toHaveProperty('text_uri')
    expect(house.events.filter(({ type }) => type === 'speech.progress')).toMatchObject([
      { speech_id: 'one', done: 0, all: 1 },
      { speech_id: 'one', done: 1, all: 1 },
    ])
    await house.restart()
    expect(await house.ask('audio.speak', { input: ' Good morning.\n' })).toMatchObject({
      is_reused: true,
      asset: { asset_id: said.asset.asset_id },
    })
    expect(spoken()).toHaveLength(1)
    await house.ask('audio.speak', { input: 'Good morning.', voice: 'nova' })
    await house.ask('audio.speak', { input: 'Good morning.', speed: 2 })
    expect(spoken()).toHaveLength(3)
    expect(await scratch()).toEqual([])
  })

  test('an asset that is gone is made anew', async () => {
    const { asset } = await house.ask('audio.speak', { input: 'Once.' })
    await house.ask('assets.delete', { asset_id: asset.asset_id })
    expect(await house.ask('audio.speak', { input: 'Once.' })).toMatchObject({ is_reused: false })
    expect(spoken()).toHaveLength(2)
  })

  test('the same at the same moment is asked for once', async () => {
    plays({ delay_ms: 80 })
    const all = await Promise.all([1, 2, 3].map(() => house.ask('audio.speak', { input: 'Together.' })))
    expect(spoken()).toHaveLength(1)
    expect(all.filter(({ is_reused }) => is_reused)).toHaveLength(2)
    expect(new Set(all.map(({ asset }) => asset.asset_id)).size).toBe(1)
  })

  test('samples become a WAV file whose header says what they are', async () => {
    plays({ media_type: 'audio/pcm;rate=16000;channels=2', after_bytes: 32_000 })
    const { asset } = await house.ask('audio.speak', { input: 'Plain samples, please.', format: 'pcm' })
    expect(asset).toMatchObject({ media_type: 'audio/wav', byte_length: 32_044, duration_ms: 500 })
    expect(checkWav(await bytesOf(asset.asset_id))).toEqual({
      sample_rate: 16_000,
      channels: 2,
      duration_ms: 500,
    })
  })

  test('a model that has samples only is asked once more for them', async () => {
    const { asset, voice } = await house.ask('audio.speak', {
      input: 'Hi.',
      model: 'google/gemini-tts-3.1-flash',
      voice: 'voice_x',
    })
    expect([asset.media_type, voice]).toEqual(['audio/wav', 'voice_x'])
    expect(bodies().map(({ response_format }) => response_format)).toEqual(['mp3', 'pcm'])
  })

  test('a long text is several requests for samples, in order, joined to one recording', async () => {
    const input = long(4_096)
    const { asset } = await house.ask('audio.speak', { input })
    const parts = bodies()
    expect(parts.length).toBe(3)
    expect(
      new Set(parts.map(({ model, voice, response_format }) => `${model} ${voice} ${response_format}`)),
    ).toEqual(new Set(['openai/gpt-4o-mini-tts-2025-12-15 alloy pcm']))
    expect(parts.map((part) => part['input']).join(' ')).toBe(input)
    for (const part of parts) expect(part['input']?.length).toBeLessThanOrEqual(2_000)
    const whole = await bytesOf(asset.asset_id)
    const alone: Buffer[] = []
    for (const part of parts) {
      plays()
      const response = await fetch(`${house.provider.prefix}/audio/speech`, {
        method: 'POST',
        headers: { authorization: 'Bearer sk-or-v1-x', 'content-type': 'application/json' },
        body: JSON.stringify(part),
      })
      alone.push(Buffer.from(await response.arrayBuffer()))
    }
    expect(whole.subarray(44).equals(Buffer.concat(alone))).toBe(true)
    expect(asset.file_name).toMatch(/\.wav$/)
  })

  test('a model that takes less gets halves, once', async () => {
    plays({ longest_input: 1_200, times: 9 })
    const { asset } = await house.ask('audio.speak', { input: long(1_900) })
    expect(asset.media_type).toBe('audio/wav')
    expect(bodies().map(({ input }) => (input?.length ?? 0) > 1_200)).toEqual([true, false, false, false])
    plays({ longest_input: 100, times: 99 })
    expect(await house.refused('audio.speak', { input: long(1_000) })).toMatchObject({
      code: 'provider_error',
      http_status: 400,
    })
    expect(spoken()).toHaveLength(6)
  })

  test.each<[string, Behaviour, object]>([
    ['429', { status: 429, body: { error: { code: 429, message: 'Slow down' } } }, { kind: 'rate_limited' }],
    ['502', { status: 502, body: '<html><title>Bad gateway</title></html>' }, { kind: 'provider_down' }],
    ['an early close', { after_bytes: 300, ending: 'reset' }, { kind: 'cut_short' }],
    ['an empty body', { after_bytes: 0 }, { kind: 'no_audio' }],
    ['less than a frame', { after_bytes: 50 }, { kind: 'no_audio' }],
    [
      'another kind of file',
      { recording: Buffer.from('OggS but really not').toString('base64') },
      { kind: 'no_audio' },
    ],
  ])('of %s nothing is left, and nobody else is asked', async (_, behaviour, fault) => {
    plays(behaviour)
    expect(await house.refused('audio.speak', { input: 'Never heard.' })).toMatchObject({
      code: 'provider_error',
      ...fault,
    })
    expect([await library(), await scratch(), spoken().length]).toEqual([[], [], 1])
    expect(await readdir(join(house.stateRoot, 'assets', 'tmp')).catch(() => [])).toEqual([])
  })

  test('an odd number of bytes is no recording, nor is half of a long one', async () => {
    plays({ after_bytes: 4_001 }, {}, { after_bytes: 4_000, ending: 'reset' })
    expect(await house.refused('audio.speak', { input: 'Odd.', format: 'pcm' })).toMatchObject({
      kind: 'cut_short',
    })
    expect(await house.refused('audio.speak', { input: long(3_000) })).toMatchObject({ kind: 'cut_short' })
    expect([await library(), await scratch()]).toEqual([[], []])
  })

  test('is stopped at once, before and while sound comes, and leaves nothing', async () => {
    plays({ instead: 'hang' }, { split_every: 200, drip_ms: 30 })
    for (const count of [1, 2]) {
      const speaking = house.refused('audio.speak', { input: 'Stop me.', speech_id: 's' })
      await expect.poll(() => spoken().length).toBe(count)
      await house.ask('audio.cancelSpeech', { speech_id: 'other' })
      await house.ask('audio.cancelSpeech', { speech_id: 's' })
      expect(await speaking).toMatchObject({ code: 'interrupted' })
    }
    expect(await library()).toEqual([])
  })

  test('what it costs is counted, and the limit holds', async () => {
    await house.ask('models.refresh', {})
    const { cost_usd = 0 } = await house.ask('audio.speak', { input: 'Hello.' })
    expect(cost_usd).toBeCloseTo((6 * 0.6) / 1e6, 10)
    const { spent_usd } = await house.ask('costs.spending', {})
    expect(spent_usd).toBeCloseTo(cost_usd, 9)
    await house.ask('costs.setLimit', { limit: { period: 'day', usd: cost_usd / 2 } })
    expect(await house.refused('audio.speak', { input: 'More.' })).toMatchObject({
      code: 'spending_limit_reached',
    })
    expect(await house.ask('audio.speak', { input: 'Hello.' })).toMatchObject({ is_reused: true })
    expect(spoken()).toHaveLength(1)
  })

  test.each<[object, object]>([
    [{ input: ' ' }, { code: 'speech_invalid', field: 'input' }],
    [{ input: long(4_200) }, { code: 'speech_invalid', field: 'input' }],
    [
      { input: 'a', voice: 'nobody' },
      { code: 'speech_invalid', field: 'voice' },
    ],
    [{ input: 'a', provider: 'gone' }, { code: 'route_unknown' }],
  ])('%o is refused before anything is asked', async (order, fault) => {
    expect(await house.refused('audio.speak', order as { input: string })).toMatchObject(fault)
    expect(spoken()).toEqual([])
  })

  test('takes what is preferred', async () => {
    await house.ask('models.refresh', {})
    await house.ask('preferences.set', {
      speech_model: 'openrouter/hexgrad/kokoro-82m',
      speech_voice: 'af_heart',
      speech_speed: 1.25,
    })
    await house.ask('audio.speak', { input: 'Mine.' })
    await house.ask('audio.speak', { input: 'Mine.', model: 'openai/gpt-4o-mini-tts-2025-12-15' })
    expect(bodies()).toMatchObject([
      { model: 'hexgrad/kokoro-82m', voice: 'af_heart', speed: 1.25 },
      { model: 'openai/gpt-4o-mini-tts-2025-12-15', voice: 'alloy', speed: 1.25 },
    ])
    const { speech, default_speech } = await house.ask('audio.models', {})
    expect(default_speech).toEqual({ provider: 'openrouter', model: 'openai/gpt-4o-mini-tts-2025-12-15' })
    expect(speech.find(({ id }) => id === 'hexgrad/kokoro-82m')?.voices).toContain('af_bella')
    expect(speech.find(({ id }) => id === 'openai/gpt-4o')).toBeUndefined()
  })
})

describe('audio.readAloud', () => {
  const answered = async (text: string) => {
    house.provider.faults.add([{ text }])
    const { run } = await house.submit(await house.chat(), 'Tell me.')
    const ended = await house.until('run.ended', (event) => event.run.run_id === run.run_id)
    const answer = ended.message as Message
    return { session_id: answer.session_id, message_id: answer.message_id }
  }

  test('keeps what was said with the answer: through restarts, branches and deleting', async () => {
    const { session_id, message_id } = await answered('# Tides\n\nThe **sea** falls.\n\n```js\nno()\n```')
    const { spoken: said } = await house.ask('audio.readAloud', { session_id, message_id })
    expect(bodies()).toMatchObject([{ input: 'Tides.\n\nThe sea falls.', response_format: 'mp3' }])
    const asset_id = said[0]?.asset.asset_id ?? ('' as never)
    const told = await house.until('message.changed', ({ message }) => message.spoken !== undefined)
    const kept = [
      {
        asset: { asset_id, media_type: 'audio/mpeg' },
        model: 'openai/gpt-4o-mini-tts-2025-12-15',
        voice: 'alloy',
        part: 1,
        parts: 1,
      },
    ]
    expect(told.message).toMatchObject({ message_id, spoken: kept })

    await house.restart()
    const again = await house.ask('audio.readAloud', { session_id, message_id })
    expect(again.spoken).toMatchObject([{ is_reused: true, asset: { asset_id } }])
    expect(spoken()).toHaveLength(1)
    const spokenIn = async (id: string) =>
      (await house.ask('sessions.transcript', { session_id: id })).messages.at(-1)?.spoken
    expect(await spokenIn(session_id)).toMatchObject(kept)
    const branch = await house.ask('sessions.branch', { session_id, message_id })
    expect(await spokenIn(branch.session_id)).toMatchObject(kept)

    const { references } = await house.ask('assets.references', { asset_id })
    expect(references.filter(({ hard }) => hard)).toMatchObject([
      { domain: 'session_message', owner_id: message_id, role: 'speech', parent_id: session_id },
      { domain: 'session_message', role: 'speech', parent_id: branch.session_id },
    ])
    expect((await house.ask('assets.graph', { asset_id })).used_in).toHaveLength(2)
    expect((await house.ask('assets.list', { session_id })).assets).toMatchObject([{ asset_id }])
    expect(await house.refused('assets.delete', { asset_id })).toMatchObject({ code: 'asset_delete_blocked' })
    await house.ask('assets.gc', { older_than_ms: 0, dry_run: false })
    expect((await library()).map((each) => each.asset_id)).toContain(asset_id)
  })

  test('a long answer is several recordings, each told of when it is whole; what is there is not made again', async () => {
    const { session_id, message_id } = await answered(long(9_000))
    plays({}, {}, {}, { status: 502, body: {} })
    const order = { session_id, message_id, speech_id: 'long' }
    expect(await house.refused('audio.readAloud', order)).toMatchObject({ kind: 'provider_down' })
    const first = await house.until('message.changed', ({ message }) => message.spoken !== undefined)
    expect(first.message.spoken).toMatchObject([{ part: 1, parts: 3 }])
    const before = spoken().length
    plays()
    const { spoken: all } = await house.ask('audio.readAloud', order)
    expect(all.map(({ is_reused }) => is_reused)).toEqual([true, false, false])
    expect(spoken().length - before).toBe(bodies().slice(before).length)
    const { messages } = await house.ask('sessions.transcript', { session_id })
    expect(messages.at(-1)?.spoken?.map(({ part }) => part)).toEqual([1, 2, 3])
    const progress = house.events.flatMap((event) => (event.type === 'speech.progress' ? [event.done] : []))
    expect(progress).toEqual([0, 1, 0, 1, 2, 3])
    const inputs = bodies().map(({ input }) => input ?? '')
    expect([...inputs.slice(0, 3), ...inputs.slice(4)].join(' ').replace(/\s+/g, ' ')).toBe(long(9_000))
  })

  test('of code alone there is nothing to say; of no message nothing is known', async () => {
    const { session_id, message_id } = await answered('```\nx = 1\n```')
    expect(await house.refused('audio.readAloud', { session_id, message_id })).toMatchObject({
      code: 'speech_empty',
    })
    expect(await house.refused('audio.readAloud', { session_id, message_id: 'gone' })).toMatchObject({
      code: 'message_not_found',
    })
  })
})

test('peaks are kept with their recording', async () => {
  const { asset } = await house.ask('audio.speak', { input: 'Draw me.' })
  const { asset_id } = asset
  expect(await house.ask('audio.peaks', { asset_id })).toEqual({ peaks: null })
  const peaks = Buffer.from(Array.from({ length: 1_000 }, (_, at) => at % 256)).toString('base64')
  await house.ask('audio.keepPeaks', { asset_id, peaks })
  expect(await house.ask('audio.peaks', { asset_id })).toEqual({ peaks })
  expect(await house.refused('audio.peaks', { asset_id: 'gone' })).toMatchObject({ code: 'asset_not_found' })
  await house.ask('assets.delete', { asset_id })
  expect(await house.refused('audio.keepPeaks', { asset_id, peaks })).toMatchObject({
    code: 'asset_not_found',
  })
})

describe('generate_audio', () => {
  const asked = async (words: string, behaviours: readonly Behaviour[] = []) => {
    house.provider.faults.add(behaviours)
    const { run } = await house.submit(await house.chat(), words)
    return house.until('run.ended', (event) => event.run.run_id === run.run_id)
  }
  const callIn = (message: Message | null) => message?.parts.find((part) => part.kind === 'tool_call')
  const factsIn = (message: Message | null): ToolFacts => callIn(message)?.facts ?? {}
  const outputOf = (message: Message | null) =>
    JSON.parse(callIn(message)?.output ?? '{}') as Record<string, unknown>
  const call = (input: object): Behaviour => ({
    tool_calls: [
      [
        {
          index: 0,
          id: 'c1',
          type: 'function',
          function: { name: 'generate_audio', arguments: JSON.stringify(input) },
        },
      ],
    ],
    finish_reason: 'tool_calls',
  })

  test('S19, S27, S30, S31, S45: mock mp3 becomes an asset of the daemon; without emit_output nothing of it is shown', async () => {
    const { run, message } = await asked('go', [call({ input: 'Good night.', extra: 1 }), { text: 'Done.' }])
    expect(run.status).toBe('completed')
    const output = outputOf(message)
    const [asset] = output['assets'] as { asset_id: string }[]
    expect(output).toEqual({
      provider: 'openrouter',
      model: 'openai/gpt-4o-mini-tts-2025-12-15',
      route_id: 'openrouter',
      assets: [expect.objectContaining({ media_type: 'audio/mpeg' })],
    })
    expect((await bytesOf(asset?.asset_id ?? '')).length).toBeGreaterThan(100)
    expect(message?.parts.filter(({ kind }) => kind === 'attachment')).toEqual([])
    const view = await house.ask('assets.get', { asset_id: asset?.asset_id ?? '' })
    expect(view.provenance).toMatchObject([
      { run_id: run.run_id, tool_call_id: callIn(message)?.call_id, session_id: run.session_id },
    ])
    expect(view).not.toHaveProperty('text_uri')
    expect(factsIn(message)).toMatchObject({ route_id: 'openrouter', cost_usd: expect.any(Number) as number })
    expect(run.receipt?.cost.usd).toBeGreaterThan(factsIn(message).cost_usd ?? Infinity)
    expect((await house.ask('runs.outputs', { run_id: run.run_id })).outputs).toEqual([])
  })

  test('S32: a model that says it and shows it', async () => {
    const { message } = await asked('Say "good night" with a calm voice')
    const shown = message?.parts.flatMap((part) => (part.kind === 'attachment' ? [part.asset] : []))
    expect(shown).toMatchObject([{ media_type: 'audio/mpeg' }])
    expect(shown?.[0]?.asset_id).toBe(factsIn(message).assets?.[0]?.asset_id)
  })

  test('S33: an artifact is shown once where it is asked for inline, and not at all without', async () => {
    const { asset } = await house.ask('audio.speak', { input: 'Good night.' })
    const emit = (input: object): Behaviour => ({
      tool_calls: [
        [
          {
            index: 0,
            id: 'c2',
            type: 'function',
            function: { name: 'emit_output', arguments: JSON.stringify(input) },
          },
        ],
      ],
      finish_reason: 'tool_calls',
    })
    const shownWith = async (more: object) => {
      const output = { content: 'Here.', artifact_ids: [asset.asset_id], ...more }
      const { message } = await asked('go', [call({ input: 'Good night.' }), emit(output), { text: '' }])
      return message?.parts.flatMap((part) => (part.kind === 'attachment' ? [part.asset.asset_id] : []))
    }
    expect(await shownWith({ include_artifacts_inline: true })).toEqual([asset.asset_id])
    expect(await shownWith({})).toEqual([])
    expect(spoken()).toHaveLength(1)
  })

  test('the run’s own route comes first, and a failure is the model’s to read, on no other route', async () => {
    await house.close()
    const second = oneRoute
      .slice(oneRoute.indexOf('[routes'))
      .replace('[routes.openrouter]', '[routes.alpha]')
    house = await openHouse({ routes: `${oneRoute}\n${second}` })
    plays({ status: 502, body: {} })
    const { run, message } = await asked('go', [call({ input: 'Good night.' }), { text: 'Sorry.' }])
    expect(run.status).toBe('completed')
    expect(callIn(message)).toMatchObject({ state: 'failed' })
    expect([await library(), spoken().length]).toEqual([[], 1])
    const wrong = await asked('go', [call({ input: 'Hi', format: 'wav' }), { text: 'Sorry.' }])
    expect(callIn(wrong.message)?.output).toContain('mp3 or pcm')
    const other = await asked('go', [call({ input: 'Hi', provider: 'alpha' }), { text: 'Done.' }])
    expect(outputOf(other.message)).toMatchObject({ route_id: 'alpha' })
  })

  test('S28, S44: it is there while some route has the backend, and a forced call is refused', async () => {
    const names = async () => (await house.ask('tools.list', {})).tools.map(({ name }) => name)
    expect(await names()).toContain('generate_audio')
    const before = await house.ask('runtime.get', {})
    await house.close()
    house = await openHouse({ routes: `${oneRoute}audio_generation = false\n` })
    expect(await names()).not.toContain('generate_audio')
    const { routes } = await house.ask('runtime.get', {})
    expect(routes.map(({ capabilities }) => capabilities)).toEqual(
      before.routes.map(({ capabilities }) => capabilities),
    )
    const { message } = await asked('go', [call({ input: 'Hi' }), { text: 'Sorry.' }])
    expect(callIn(message)).toMatchObject({ state: 'failed' })
    expect(spoken()).toEqual([])
    expect(await house.refused('audio.speak', { input: 'Hi' })).toMatchObject({
      code: 'speech_route_missing',
    })
  })

  test('stopping the run stops the speech, and nothing is kept', async () => {
    plays({ split_every: 100, drip_ms: 30 })
    house.provider.faults.add([call({ input: 'Good night.' })])
    const { run } = await house.submit(await house.chat(), 'go')
    await house.until('call.progress', ({ stage }) => stage === 'generating')
    await house.ask('runs.cancel', { run_id: run.run_id })
    const { message } = await house.until('run.ended', (event) => event.run.run_id === run.run_id)
    expect(factsIn(message)).toMatchObject({ outcome: 'unknown' })
    expect(await library()).toEqual([])
  })
})
