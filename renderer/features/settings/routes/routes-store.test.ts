import { fault } from '@contract/fault'
import type { CheckedRoutesText, RoutesEdit, RoutesFileView } from '@contract/routes-file'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFakeClient, Refusal } from '../../../client/fake'
import { createRoutesStore } from './routes-store'
import { fieldOf, isDirty } from './routes-state'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const view = (text: string, more: Partial<RoutesFileView> = {}): RoutesFileView => ({
  file: '/home/somebody/routes.toml',
  text,
  sha256: text.padEnd(64, '.'),
  is_in_force: true,
  has_backup: false,
  ...more,
})
/** A file of lines `route key=value`; enough to see what was asked for. */
const check = (text: string): CheckedRoutesText =>
  ({
    text,
    report: { errors: [], warnings: [] },
    form: {
      default_route: null,
      routes: [
        { route_id: 'main', fields: Object.fromEntries(text.split('\n').map((line) => line.split('='))) },
      ],
    },
    // Only what the store reads.
  }) as unknown as CheckedRoutesText
const written = (text: string, edit: RoutesEdit): string =>
  edit.kind === 'set' ? `${text}\n${edit.key}=${String(edit.value)}` : `${text}\n${edit.kind}`

function open(handlers: Parameters<typeof createFakeClient>[0] = {}) {
  const disk = { text: 'a=1' }
  const fake = createFakeClient({
    'routesFile.read': () => view(disk.text),
    'routesFile.check': ({ text }) => check(text),
    'routesFile.edit': ({ text, edit }) => check(written(text, edit)),
    'routesFile.write': ({ text, expected_sha256 }) => {
      if (expected_sha256 !== view(disk.text).sha256) return new Refusal(fault('route_file_changed', ''))
      disk.text = text
      return view(text, { is_in_force: false, has_backup: true })
    },
    ...handlers,
  })
  return { ...fake, disk, store: createRoutesStore(fake.client) }
}
const asked = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name)

test('typing is checked once it rests, and only the newest text counts', async () => {
  const { store, asked: calls } = open()
  await store.open()
  await vi.runAllTimersAsync()
  calls.length = 0
  store.write('a=2')
  store.write('a=3')
  expect(isDirty(store.getState())).toBe(true)
  expect(calls).toEqual([])
  await vi.runAllTimersAsync()
  expect(calls).toEqual([{ name: 'routesFile.check', input: { text: 'a=3' } }])
  expect(fieldOf(store.getState(), 'a', 'main')).toBe('3')
})

test('a field shows what is typed at once and the text a moment later, as one change', async () => {
  const { store, asked: calls } = open()
  await store.open()
  await vi.runAllTimersAsync()
  calls.length = 0
  store.type('a', '2', 'main')
  store.type('a', '25', 'main')
  expect(fieldOf(store.getState(), 'a', 'main')).toBe('25')
  expect(store.getState().text).toBe('a=1')
  await vi.runAllTimersAsync()
  expect(asked(calls)).toEqual(['routesFile.edit'])
  expect(store.getState()).toMatchObject({ text: 'a=1\na=25', pending: [] })
})

test('saving takes what is still being typed along', async () => {
  const { store, disk } = open()
  await store.open()
  store.type('a', '2', 'main')
  const saved = store.save()
  await vi.runAllTimersAsync()
  expect(await saved).toBe(true)
  expect(disk.text).toBe('a=1\na=2')
  expect(store.getState().file?.is_in_force).toBe(false)
  expect(isDirty(store.getState())).toBe(false)
})

test('a change of the form is made again on what was typed meanwhile', async () => {
  const { store } = open()
  await store.open()
  const edited = store.edit({ kind: 'set', route_id: 'main', key: 'b', value: true })
  store.write('typed=1')
  await vi.runAllTimersAsync()
  expect(await edited).toBe(true)
  expect(store.getState().text).toBe('typed=1\nb=true')
})

test('a conflict keeps the text; overwriting and loading are both choices', async () => {
  const { store, disk } = open()
  await store.open()
  store.write('mine=1')
  disk.text = 'theirs=1'
  expect(await store.save()).toBe(false)
  expect(store.getState()).toMatchObject({ isConflict: true, fault: null, text: 'mine=1' })
  expect(await store.overwrite()).toBe(true)
  expect(disk.text).toBe('mine=1')

  store.write('mine=2')
  disk.text = 'theirs=2'
  await store.save()
  await store.loadTheirs()
  expect(store.getState()).toMatchObject({ isConflict: false, text: 'theirs=2' })
})

test('a file that is gone can be written anew; until then it says that it can’t be loaded', async () => {
  const gone = new Refusal(fault('route_file_read_failed', 'Gone.', { file: 'f' }))
  let there: RoutesFileView | undefined = view('a=1')
  const { store } = open({
    'routesFile.read': () => there ?? gone,
    'routesFile.write': ({ text, expected_sha256 }) =>
      expected_sha256 === null ? (there = view(text)) : new Refusal(fault('route_file_changed', '')),
  })
  await store.open()
  store.write('mine=1')
  there = undefined
  expect(await store.save()).toBe(false)
  await store.loadTheirs()
  expect(store.getState()).toMatchObject({ isConflict: true, text: 'mine=1', fault: gone.fault })
  expect(await store.overwrite()).toBe(true)
  expect(store.getState()).toMatchObject({ isConflict: false, text: 'mine=1', fault: null })
})

test('a refused text is not lost and says why', async () => {
  const refused = fault('route_file_invalid', 'No.', { file: 'f', line: 1 })
  const { store } = open({ 'routesFile.write': () => new Refusal(refused) })
  await store.open()
  store.write('wrong')
  expect(await store.save()).toBe(false)
  expect(store.getState()).toMatchObject({ text: 'wrong', doing: 'nothing', fault: refused })
})

test('coming back to the window looks at the file: a clean text follows, a changed one is a conflict', async () => {
  const { store, disk } = open()
  await store.open()
  disk.text = 'theirs=1'
  store.hear({ type: 'window.focused', focused: true })
  await vi.runAllTimersAsync()
  expect(store.getState().text).toBe('theirs=1')
  store.write('mine=1')
  disk.text = 'theirs=2'
  store.hear({ type: 'window.focused', focused: true })
  await vi.runAllTimersAsync()
  expect(store.getState()).toMatchObject({ isConflict: true, text: 'mine=1' })
})

test('a restart counts what it waits for, and ends with what is in force', async () => {
  const { store } = open({ 'daemon.restart': () => ({ phase: 'ready', demo: false, draining: { runs: 2 } }) })
  await store.open()
  await store.restart('drain')
  const tell = (draining?: { readonly runs: number }) =>
    store.hear({
      type: 'daemon.changed',
      state: { phase: 'ready', demo: false, ...(draining ? { draining } : {}) },
    })
  tell({ runs: 2 })
  expect(store.getState()).toMatchObject({ doing: 'restarting', draining: 2 })
  tell({ runs: 0 })
  expect(store.getState()).toMatchObject({ doing: 'restarting', draining: null })
  tell()
  await vi.runAllTimersAsync()
  expect(store.getState()).toMatchObject({ doing: 'nothing', draining: null, file: { is_in_force: true } })
})

test('the demo has no file; one that cannot be read says so', async () => {
  const demo = open({ 'routesFile.read': () => new Refusal(fault('not_ready', '')) })
  await demo.store.open()
  expect(demo.store.getState().phase).toBe('no_file')
  const gone = open({
    'routesFile.read': () => new Refusal(fault('route_file_read_failed', '', { file: 'f' })),
  })
  await gone.store.open()
  expect(gone.store.getState().phase).toBe('failed')
})
