import { expect, test, vi } from 'vitest'
import type { MediaAnswer, MediaChild, MediaQuestion } from '../../ports/media-child'
import { createMediaWorker, type MediaWorkerLimits } from './create-media-worker'

const result = (source: string) => ({
  source_media_type: 'text/plain',
  source_byte_length: 1,
  raw: { path: source, media_type: 'text/plain', sha256: '', byte_length: 1 },
})

interface FakeChild {
  readonly asked: MediaQuestion[]
  say(answer: MediaAnswer): void
  end(): void
  isKilled: boolean
  /** What it gets once it has started. */
  pid: number | undefined
}

function open(limits: Partial<MediaWorkerLimits> = {}) {
  const children: FakeChild[] = []
  const fork = (): MediaChild => {
    let hear: (answer: MediaAnswer) => void = () => undefined
    let ended = () => undefined as void
    const asked: MediaQuestion[] = []
    const fake: FakeChild = {
      asked,
      say: (answer) => hear(answer),
      end: () => ended(),
      isKilled: false,
      pid: undefined,
    }
    children.push(fake)
    return {
      get pid() {
        return fake.pid
      },
      ask: (question) => void asked.push(question),
      hear: (listener) => void (hear = listener),
      ended: (listener) => void (ended = listener),
      kill: () => void (fake.isKilled = true),
    }
  }
  const worker = createMediaWorker(fork, { children: 1, time_ms: 1_000, idle_ms: 1_000, ...limits })
  const ask = (source: string, signal = new AbortController().signal) => {
    const done = worker.process({ source, file_name: source, out: '/out' }, signal)
    done.catch(() => undefined)
    return done
  }
  const child = (number: number) => children[number] as FakeChild
  const answer = (number: number) => {
    const { id, job } = child(number).asked.at(-1) as MediaQuestion
    child(number).say({ id, result: result(sourceOf(job)) })
  }
  const begin = (number: number) =>
    child(number).say({ id: (child(number).asked.at(-1) as MediaQuestion).id, done: 0, all: 1 })
  return { worker, children, ask, child, answer, begin }
}

const sourceOf = (job: MediaQuestion['job']) => ('source' in job ? job.source : '')

const failsWith = (code: string, check?: string) => ({ fault: check ? { code, check } : { code } })

test('one file at a time, in one process that stays', async () => {
  const { children, ask, child, answer } = open()
  const [first, second] = [ask('a'), ask('b')]
  expect(child(0).asked.map(({ job }) => sourceOf(job))).toEqual(['a'])
  answer(0)
  expect((await first).raw.path).toBe('a')
  answer(0)
  expect((await second).raw.path).toBe('b')
  expect(children).toHaveLength(1)
})

test('a second process comes when one is busy, and no third', () => {
  const { children, ask } = open({ children: 2 })
  for (const source of ['a', 'b', 'c']) void ask(source)
  expect(children.map(({ asked }) => asked.length)).toEqual([1, 1])
})

test('a crash costs the file that was being looked at', async () => {
  const { ask, child, answer, begin } = open()
  const [first, second] = [ask('a'), ask('b')]
  begin(0)
  child(0).end()
  await expect(first).rejects.toMatchObject(failsWith('asset_invalid', 'decoder_crashed'))
  answer(1)
  expect((await second).raw.path).toBe('b')
})

test('a process that was gone before it could begin is asked again, once', async () => {
  const { ask, child, answer } = open()
  const first = ask('a')
  child(0).end()
  answer(1)
  expect((await first).raw.path).toBe('a')
  const second = ask('b')
  child(1).end()
  child(2).end()
  await expect(second).rejects.toMatchObject(failsWith('asset_invalid', 'decoder_crashed'))
})

test('stopping one kills its process and leaves the others', async () => {
  const { ask, child, answer } = open()
  const stop = new AbortController()
  const stopWaiting = new AbortController()
  const [first, second, third] = [ask('a', stop.signal), ask('b', stopWaiting.signal), ask('c')]
  stopWaiting.abort()
  await expect(second).rejects.toMatchObject(failsWith('import_cancelled'))
  expect(child(0).isKilled).toBe(false)
  stop.abort()
  await expect(first).rejects.toMatchObject(failsWith('import_cancelled'))
  expect(child(0).isKilled).toBe(true)
  answer(1)
  expect((await third).raw.path).toBe('c')
})

test('a file that takes too long is given up, and an idle process ends', async () => {
  vi.useFakeTimers()
  try {
    const { ask, child, answer } = open()
    const [first, second] = [ask('a'), ask('b')]
    vi.advanceTimersByTime(1_000)
    await expect(first).rejects.toMatchObject(failsWith('asset_invalid', 'too_slow'))
    expect(child(0).isKilled).toBe(true)
    answer(1)
    await second
    vi.advanceTimersByTime(999)
    expect(child(1).isKilled).toBe(false)
    vi.advanceTimersByTime(1)
    expect(child(1).isKilled).toBe(true)
  } finally {
    vi.useRealTimers()
  }
})

test('too much memory is seen in the first file of a process, too', async () => {
  const { ask, child } = open({ memory_bytes: 1, time_ms: 30_000 })
  const first = ask('a')
  child(0).pid = process.pid
  await expect(first).rejects.toMatchObject(failsWith('asset_invalid', 'too_much_memory'))
  expect(child(0).isKilled).toBe(true)
})

test('closing ends what is under way and takes nothing more', async () => {
  const { worker, children, ask } = open()
  const [first, second] = [ask('a'), ask('b')]
  await worker.close()
  for (const each of [first, second, ask('c')])
    await expect(each).rejects.toMatchObject(failsWith('import_cancelled'))
  expect(children).toHaveLength(1)
})
