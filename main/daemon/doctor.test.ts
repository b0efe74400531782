import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { Failure } from './core/failure'
import { inspectRoutesFile } from './offline'
import type { House, HouseOptions } from './testing'
import { openHouse, oneRoute } from './testing'

let house: House
const open = async (options?: HouseOptions) => {
  house = await openHouse(options)
  return house
}
afterEach(() => house.close())

const twoRoutes = `${oneRoute}
[routes.lab]
driver = "openrouter"
default_model = "openai/gpt-5.4-mini"
auth_ref = "openrouter.primary"
base_url = "$PREFIX"
image_edit = false
transcription = false
`
const save = (text: string) =>
  writeFile(join(house.stateRoot, 'routes.toml'), text.replaceAll('$PREFIX', house.provider.prefix))
const chats = () =>
  house.provider.requests
    .filter(({ path }) => path.endsWith('/chat/completions'))
    .map(({ body }) => Object(body))

describe('references (contract 13.3)', () => {
  test('chats and waiting runs that name a route which is gone', async () => {
    await open({ routes: twoRoutes, script: [{ instead: 'hang' }] })
    for (const model of ['a/b', 'c/d']) {
      const session_id = await house.chat()
      await house.ask('sessions.setRoute', { session_id, provider: 'lab', model })
    }
    await house.submit(await house.chat(), 'x', { provider: 'lab', model: 'openai/gpt-5.4-mini' })
    expect(await house.ask('doctor.routes', { check_references: true })).toMatchObject({
      ok: true,
      reference_checked: true,
      warnings: [],
    })
    await save(oneRoute)
    const report = await house.ask('doctor.routes', { check_references: true })
    expect(report.warnings.filter(({ code }) => code.startsWith('stale'))).toMatchObject([
      { code: 'stale_session_route_policy', route_id: 'lab', count: 2 },
      { code: 'stale_run_route', route_id: 'lab', count: 1 },
    ])
    expect(report.ok).toBe(true)
    expect(await house.ask('doctor.routes', {})).toMatchObject({ reference_checked: false })
  })

  test('are nothing that can be known without a daemon', async () => {
    await open()
    const inspect = inspectRoutesFile({})
    const input = { routes_file: join(house.stateRoot, 'routes.toml'), check_auth: false }
    expect(await inspect(input)).toMatchObject({ ok: true, reference_checked: false })
  })
})

describe('the canary (contract 13.3)', () => {
  test('asks each route once, in a chat that nobody hears of and that is gone afterwards', async () => {
    await open({ routes: twoRoutes })
    const before = await house.ask('runtime.get', {})
    const told = house.events.length
    const report = await house.ask('doctor.routes', { canary: { max_tokens: 8 } })
    expect(report).toMatchObject({
      ok: true,
      canary_checked: true,
      canaries: [
        { route_id: 'openrouter', model: 'openai/gpt-5.4-mini', result: 'passed' },
        { route_id: 'lab', model: 'openai/gpt-5.4-mini', result: 'passed' },
      ],
    })
    expect(chats()).toHaveLength(2)
    for (const body of chats()) expect(body).toMatchObject({ model: 'openai/gpt-5.4-mini', max_tokens: 8 })
    expect(await house.ask('runtime.get', {})).toEqual(before)
    expect(await house.ask('sessions.list', {})).toEqual({ sessions: [], total: 0 })
    expect(await house.ask('runs.list', {})).toEqual({ runs: [] })
    expect((await house.ask('storage.get', {})).messages).toBe(0)
    const since = house.events.slice(told).map(({ type }) => type)
    expect(since.filter((type) => /^(run|message|session)\./.test(type))).toEqual([])
    // What it cost is no secret.
    const { total } = await house.ask('costs.report', {})
    expect(total.runs).toBe(2)
  })

  test('says why a route fails, and which does not answer in time', async () => {
    await open({
      routes: twoRoutes,
      script: [{ status: 401, times: 2, body: { error: { code: 401, message: 'No' } } }, { instead: 'hang' }],
    })
    // Long enough for the one that answers, however busy the machine is.
    const report = await house.ask('doctor.routes', { canary: { timeout_ms: 3_000 } })
    expect(report).toMatchObject({ ok: false, errors: [] })
    expect(report.canaries).toMatchObject([
      { route_id: 'openrouter', result: 'failed', fault: { code: 'provider_error', kind: 'key_refused' } },
      { route_id: 'lab', result: 'timeout' },
    ])
    expect(await house.ask('runs.list', {})).toEqual({ runs: [] })
  })

  test('goes to the routes that are asked for only, and spends nothing above the limit', async () => {
    await open({ routes: twoRoutes })
    const one = await house.ask('doctor.routes', { canary: { routes: ['lab'] } })
    expect(one.canaries).toMatchObject([{ route_id: 'lab', result: 'passed' }])
    expect(await house.refused('doctor.routes', { canary: { routes: ['ghost'] } })).toMatchObject({
      code: 'route_unknown',
    })
    await house.ask('costs.setLimit', { limit: { period: 'day', usd: 0.000_000_1 } })
    const refused = await house.ask('doctor.routes', { canary: {} })
    expect(refused.canaries).toMatchObject([
      { result: 'failed', fault: { code: 'spending_limit_reached' } },
      { result: 'failed' },
    ])
    expect(chats()).toHaveLength(1)
  })

  test('asks no file that is not in force, and nobody without a key', async () => {
    await open({ hasKey: false })
    const other = join(house.stateRoot, 'other.toml')
    await writeFile(other, oneRoute)
    expect(await house.refused('doctor.routes', { routes_file: other, canary: {} })).toMatchObject({
      code: 'call_refused',
    })
    expect(await house.refused('doctor.routes', { canary: {} })).toMatchObject({ code: 'not_ready' })
    expect(chats()).toEqual([])
  })
})

describe('discovery of models (contract 5.2)', () => {
  const setting = (value: string) => ({ ports: { env: { KHEISH_OPENROUTER_MODEL_DISCOVERY: value } } })

  test('is off here unless it is asked for, and never in runtime.get', async () => {
    await open()
    expect((await house.ask('status.get', {})).provider_readiness.routes[0]).not.toHaveProperty(
      'capability_matrix',
    )
    await house.close()
    await open({ ...setting('on'), routes: twoRoutes })
    await house.ask('models.refresh', {})
    await house.ask('models.refresh', { provider: 'lab' })
    const { provider_readiness, capabilities } = await house.ask('status.get', {})
    expect(capabilities['model_discovery']).toBe(true)
    const [main, lab] = provider_readiness.routes
    expect(main?.capability_matrix).toMatchObject({
      matrix_version: 2,
      native_web_search: false,
      audio_generation: true,
      transcription: true,
    })
    // What the file takes away stays away, whatever the model can do.
    expect(lab?.capability_matrix).toMatchObject({ image_edit: false, transcription: false })
    expect((await house.ask('doctor.routes', {})).routes[0]?.capability_matrix).toEqual(
      main?.capability_matrix,
    )
    expect(JSON.stringify(await house.ask('runtime.get', {}))).not.toMatch(
      /matrix|audio_generation|transcription/,
    )
  })

  test('required: a start without the list is no start, and says why', async () => {
    await open()
    house.provider.faults.add([{ on: 'models', status: 500, body: {} }])
    const failing = house.restart({ env: { KHEISH_OPENROUTER_MODEL_DISCOVERY: 'required' } })
    await expect(failing).rejects.toThrow(Failure)
    await expect(failing).rejects.toThrow('The list of models is required at start.')
    house.provider.faults.add([{ on: 'models', body: { data: [] } }])
    await expect(house.restart({ env: { KHEISH_OPENROUTER_MODEL_DISCOVERY: 'strict' } })).rejects.toThrow(
      'is empty',
    )
    await house.restart({ env: { KHEISH_OPENROUTER_MODEL_DISCOVERY: 'required' } })
    expect(await house.ask('daemon.state', {})).toEqual({ phase: 'ready', demo: false })
    expect((await house.ask('models.list', {})).models.length).toBeGreaterThan(0)
  })

  test('required: a restart in place without the list fails until it is there', async () => {
    await open(setting('required'))
    house.provider.faults.add([{ on: 'models', status: 500, body: {} }])
    await house.ask('daemon.restart', {})
    await house.until('daemon.changed', ({ state }) => state.phase === 'failed')
    const { run } = await house.submit(await house.chat(), 'x')
    expect(run.status).toBe('queued')
    expect(await house.ask('daemon.reload', {})).toEqual({ phase: 'ready', demo: false })
    const ended = await house.until('run.ended', (event) => event.run.run_id === run.run_id)
    expect(ended.run.status).toBe('completed')
  })
  test('required: reloads that overlap are done one after the other', async () => {
    await open(setting('required'))
    house.provider.faults.add([{ on: 'models', status: 500, body: {} }])
    const reload = () => house.ask('daemon.reload', {})
    const phases = (await Promise.all([reload(), reload()])).map(({ phase }) => phase)
    expect(phases).toEqual(['failed', 'ready'])
  })
})
