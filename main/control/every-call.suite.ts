import type { AssetView } from '@contract/assets'
import type { DerivationView } from '@contract/derivations'
import type { DaemonCalls } from '@contract/calls'
import type { GivenOf, OutputOf } from '@contract/define'
import type { Answer } from '@contract/fault'
import { daemonCallNames, type DaemonCallName } from '@contract/names'
import { vi } from 'vitest'
import { wav } from '../daemon/core/media-types/samples.fake'
import { openHouse, type House } from '../daemon/testing'
import { endpointOf } from './router'

export type Ask = (name: DaemonCallName, input: unknown) => Promise<Answer<unknown>>

/** One question with its answer, in the order they were asked. */
export interface Asked {
  readonly name: DaemonCallName
  readonly input: unknown
  readonly answer: Answer<unknown>
}

/** A house whose provider always says the same, so that two of them can be compared. */
export const quietHouse = (): Promise<House> =>
  openHouse({ tokensPerSecond: 50_000, ports: { env: { PATH: '/bin' } } })

/** Asks every call of the contract at least once, most of them for what they are there for. */
export async function driveEveryCall(house: House, ask: Ask): Promise<readonly Asked[]> {
  const asked: Asked[] = []
  const put = async (name: DaemonCallName, input: unknown) => {
    const answer = await ask(name, input)
    asked.push({ name, input, answer })
    return answer
  }
  async function say<K extends DaemonCallName>(
    name: K,
    input: GivenOf<DaemonCalls[K]>,
  ): Promise<OutputOf<DaemonCalls[K]>> {
    const answer = await put(name, input)
    if (!answer.ok) throw new Error(`${name}: ${answer.fault.code}: ${answer.fault.detail}`)
    return answer.value as OutputOf<DaemonCalls[K]>
  }
  const session_id = 'my.chat-京'
  const slot_id = 'openrouter/second_slot'

  // The catalogue is fetched at the start; what comes after it is the same each time.
  await house.until('models.changed')
  await say('daemon.state', {})
  await say('runtime.get', {})
  await say('runtime.setModel', { model: 'openai/gpt-5.4-mini' })
  await say('runtime.parseSelector', { model: 'openrouter/a/b?c=d&e', provider: 'openrouter' })
  await say('doctor.routes', { check_auth: true })
  await say('secrets.set', { slot_id, provider: 'generic', source: { kind: 'inline', value: 'something' } })
  await say('secrets.get', { slot_id })
  await say('secrets.list', {})
  await say('secrets.test', { slot_id: 'openrouter.primary' })
  await say('secrets.delete', { slot_id })
  await put('secrets.get', { slot_id })
  const { sign_in_id } = await say('secrets.beginSignIn', { slot_id: 'openrouter.primary' })
  await say('secrets.cancelSignIn', { sign_in_id })
  await say('models.refresh', {})
  await say('models.list', { provider: 'openrouter' })

  await say('sessions.create', { session_id, title: 'One' })
  await say('sessions.rename', { session_id, title: 'Two & three = ünf' })
  await say('sessions.setRoute', { session_id, provider: null, model: null })
  await say('sessions.saveDraft', { session_id, draft: 'half a thought' })
  await say('sessions.markSeen', { session_id })
  const first = await say('sessions.input', { session_id, idempotency_key: 'a', content: 'Hello there' })
  await put('sessions.input', { session_id, idempotency_key: 'a', content: 'Something else' })
  await say('sessions.submitRun', { session_id, idempotency_key: 'b', content: 'Once more' })
  await house.until('run.ended', ({ run }) => run.run_id !== first.run.run_id)
  const { run_id } = first.run
  await say('runs.get', { run_id })
  await say('runs.list', { session_id, limit: 2, status: 'completed' })
  await say('runs.events', { run_id })
  const answered = await say('runs.output', { run_id })
  await put('runs.cancel', { run_id })
  await say('runs.retry', { run_id, idempotency_key: 'c' })
  await say('sessions.interrupt', { session_id })
  const shown = await say('sessions.transcript', { session_id, limit: 2 })
  const message_id = first.message?.message_id ?? ('' as never)
  await say('sessions.transcript', { session_id, before: shown.messages[0]?.message_id, limit: 10 })
  await say('sessions.selectVersion', { session_id, message_id })
  await say('sessions.branch', { session_id, message_id })
  await say('sessions.export', { session_id, format: 'markdown' })
  await say('sessions.search', { query: 'hello', limit: 5 })
  const { sessions } = await say('sessions.list', { limit: 1 })
  const { updated_at_ms = 0 } = sessions[0] ?? {}
  await say('sessions.list', { limit: 1, before: { updated_at_ms, session_id: 'none' } })
  await say('sessions.delete', { session_id })
  await say('sessions.restore', { session_id })
  await say('sessions.get', { session_id })
  await say('preferences.set', { theme: 'dark', favourite_models: ['a/b'] })
  await say('preferences.get', {})
  await say('requestSettings.set', {
    scope: { kind: 'everywhere' },
    settings: { generation: { temperature: 1 } },
  })
  await say('requestSettings.get', { session_id })
  await say('costs.report', { group_by: 'model', time_zone: 'Europe/Berlin' })
  await say('costs.setLimit', { limit: { period: 'day', usd: 5 } })
  await say('costs.spending', {})
  const { text, sha256 } = await say('routesFile.read', {})
  const edit = { kind: 'set', route_id: 'openrouter', key: 'default_model', value: 'a/b' } as const
  const edited = await say('routesFile.edit', { text, edit })
  await say('routesFile.check', { text: `${text}\nnonsense` })
  await say('routesFile.write', { text: edited.text, expected_sha256: sha256 })
  await put('routesFile.write', { text, expected_sha256: sha256 })
  await say('routesFile.restore', {})
  await say('daemon.reload', {})

  const content_base64 = Buffer.from('A note.\n').toString('base64')
  const taken = await put('assets.import', { file_name: 'note.txt', content_base64 })
  const asset_id = taken.ok ? (taken.value as AssetView).asset_id : 'ghost'
  await put('assets.import', { file_name: 'note.txt', media_type: 'image/png', content_base64 })
  await put('assets.get', { asset_id })
  await put('assets.list', { query: 'note', kind: 'document', limit: 5 })
  await put('assets.text', { asset_id, limit: 3 })
  const subject = { type: 'asset', asset_id }
  const derived = await put('derivations.create', { subject, options: { language: 'en' } })
  const derivation_id = derived.ok ? (derived.value as DerivationView).derivation_id : 'ghost'
  await put('derivations.get', { derivation_id })
  await put('derivations.list', { subject, limit: 2 })
  await put('assets.references', { asset_id })
  await put('assets.graph', { asset_id })
  await put('assets.delete', { asset_id, dry_run: true })
  await put('assets.gc', { older_than_ms: 0 })
  await put('assets.cancelImport', { import_id: 'none' })
  await put('assets.delete', { asset_id })

  house.provider.faults.add([{ on: 'speech', plain_voice: true, times: 9 }])
  const spoken = await say('audio.speak', { input: 'Hello there.', speech_id: 'one' })
  await say('audio.readAloud', { session_id, message_id: answered.message?.message_id ?? '' })
  await say('audio.cancelSpeech', { speech_id: 'one' })
  await put('audio.models', { provider: 'openrouter' })
  await say('audio.keepPeaks', {
    asset_id: spoken.asset.asset_id,
    peaks: Buffer.alloc(1_000, 7).toString('base64'),
  })
  await say('audio.peaks', { asset_id: spoken.asset.asset_id })
  const source_id = 'desk'
  const source = { source_id, kind: 'microphone_segment', display_name: 'Desk', upload_token: 'secret' }
  await say('sources.create', source)
  await say('sources.list', {})
  await say('sources.get', { source_id })
  await say('sources.rotateToken', { source_id, upload_token: 'other', grace_period_ms: 1_000 })
  const upload = { file_name: 'a.wav', content_base64: Buffer.from(wav()).toString('base64') }
  const captured = { source_id, upload_token: 'other', upload, idempotency_key: 'a', captured_at_ms: 5 }
  const { observation_id } = await say('observations.ingest', captured)
  await put('observations.ingest', { ...captured, upload_token: 'wrong' })
  await put('observations.ingest', { ...captured, idempotency_key: '' })
  await say('observations.get', { observation_id })
  await say('observations.list', { source_id })
  await put('observations.list', { stream_id: 'alone' })
  const selection = { type: 'latest_from_source', source_id } as const
  const given = await say('observations.materialize', {
    target_session_id: session_id,
    selection,
    request: { idempotency_key: 'given', content: 'What was said?' },
  })
  await house.until('run.ended', ({ run }) => run.run_id === given.run.run_id)
  await put('recordings.ask', {
    recording_id: 'none',
    session_id,
    request: { idempotency_key: 'asked', content: 'What was said?' },
  })
  await say('sources.setStatus', { source_id, status: 'paused' })
  await say('sources.audit', { source_id, limit: 2 })
  await say('sources.delete', { source_id })

  const { revision } = (await say('runtime.setPermissionMode', { mode: 'plan' })).config
  await say('runtime.setDebugLevel', { level: 'redacted', expected_revision: revision })
  const kept = await say('sessions.input', { session_id, idempotency_key: 'd', content: 'Keep this' })
  const artifacts = await say('runs.debug', { run_id: kept.run.run_id })
  const { artifact_id = '' } = artifacts.artifacts[0] ?? {}
  await say('runs.debugArtifact', { run_id: kept.run.run_id, artifact_id })
  await say('runs.evidence', { run_id: kept.run.run_id })
  await say('runs.prune', { older_than_ms: 86_400_000 })
  await put('runs.prune', { limit: -1 })
  await say('sessions.events', { session_id })
  await say('models.get', { model: 'openai/gpt-5.4-mini' })
  const repair = async () => (await house.ask('status.get', {})).storage.asset_repair
  await vi.waitUntil(repair, { timeout: 10_000 })
  await say('status.get', {})
  await say('storage.get', {})
  await say('logs.read', { limit: 1 })

  const recording_id = 'said-1'
  await say('recordings.begin', { recording_id, session_id, started_at_ms: 1_000 })
  await say('recordings.get', { recording_id })
  await put('recordings.endSegment', { recording_id, segment: 0 })
  await put('recordings.keep', { recording_id })
  await say('recordings.end', { recording_id })
  await say('recordings.retry', { recording_id })
  await say('recordings.list', {})
  await say('recordings.take', { recording_id })
  await say('recordings.discard', { recording_id })

  // The same questions wrongly put, and whatever joined the contract since.
  await put('sessions.list', { limit: 0 })
  await put('sessions.list', { surprise: true })
  await put('sessions.transcript', { session_id: 'ghost' })
  await put('runs.get', { run_id: 'ghost' })
  await put('sessions.create', { session_id: 7 })
  const driven = new Set(asked.map(({ name }) => name))
  for (const name of daemonCallNames) {
    if (driven.has(name)) continue
    await put(name, Object.fromEntries(endpointOf(name).fields.map((field) => [field, 'ghost'])))
  }
  return asked
}

/** What two houses have in common: ids by their order of appearance, and no times, places or ports. */
export function comparable(house: House, asked: readonly Asked[]): readonly Asked[] {
  const ids = new Map<string, string>()
  const text = JSON.stringify(asked.map(withoutMoments))
    .replaceAll(house.stateRoot, 'ROOT')
    .replaceAll(new URL(house.provider.prefix).origin, 'ORIGIN')
    .replaceAll(/"(\w+_ms|\w*bytes|pid|files|seen|kept|checked)":[\d.]+/g, '"$1":0')
    // The look at all files comes a while after the start.
    .replaceAll(/"asset_repair":(?:null|\{[^{}]*\})/g, '"asset_repair":null')
    .replaceAll(/"(\w*sha256|last_event_id|cache_key)":"[\w-]+"/g, '"$1":""')
    .replaceAll(
      /[\da-f]{8}-[\da-f]{4}-7[\da-f-]{21}|gen-[\w-]+|token=[\w-]+|code_challenge=[\w-]+/g,
      (id) => {
        const known = ids.get(id) ?? `#${ids.size}`
        ids.set(id, known)
        return known
      },
    )
  return JSON.parse(text) as readonly Asked[]
}

/** Full of moments and of what hangs on them: of these only the fields are the same each time. */
const momentary: ReadonlySet<DaemonCallName> = new Set([
  'runs.debug',
  'runs.debugArtifact',
  'runs.evidence',
  'logs.read',
])

const withoutMoments = (asked: Asked): Asked =>
  momentary.has(asked.name) && asked.answer.ok
    ? { ...asked, answer: { ok: true, value: Object.keys(asked.answer.value as object) } }
    : asked
