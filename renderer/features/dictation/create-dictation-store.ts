import type { AnyEvent } from '@contract/events'
import type { RecordingId } from '@contract/ids'
import type { RecordingView } from '@contract/recordings'
import { createStore } from 'zustand/vanilla'
import { levelOf, meterOf } from '../../lib/sound/level'
import { msOf, samplesOf } from '../../lib/sound/rate'
import { failedSegment, isOver, wholeText, type DictationState, type DictationTrouble } from './dictation'
import type { DictationOptions, DictationStore, Insertion } from './dictation-store'
import { createRecorder, type Recorder } from './recorder'

/** A press that is shorter leaves the microphone on. */
export const tapMs = 300
/** The end of the last word. */
export const tailMs = 500
/** Less is thrown away without a question. */
const littleMs = 5_000
/** So long without a frame, and no tail comes. */
const starvedMs = 1_500
const mutedMs = 2_000

const begun = { seconds: 0, view: null, trouble: null, notice: null, isAsking: false } as const

/** One that is being spoken, or whose texts are still coming. */
interface Dictation {
  readonly id: RecordingId
  readonly insertion: Insertion | null
  /** Samples until it ends; infinite while it goes on. */
  left: number
  samples: number
  zeros: number
  recorder: Recorder | null
  /** As it was told of last; an answer may be older. */
  told: RecordingView | null
}

export function createDictationStore(options: DictationOptions): DictationStore {
  const { client, microphone, preferences } = options
  const now = options.now ?? (() => Date.now())
  const newId = options.newId ?? (() => crypto.randomUUID())
  const store = createStore<DictationState>(() => ({ phase: 'idle', recordingId: null, left: [], ...begun }))
  const set = store.setState
  /** Texts go to their places here, also after the next one was begun. */
  const mine = new Map<RecordingId, Dictation>()
  let current: Dictation | null = null
  /** Where the newest text went. */
  let last: Insertion | null = null
  let meter = 0

  const isOn = (): boolean => ['arming', 'recording'].includes(store.getState().phase)
  const isCurrent = (dictation: Dictation): boolean => dictation === current

  async function start(isElsewhere: boolean): Promise<void> {
    const dictation: Dictation = {
      id: newId() as RecordingId,
      insertion: isElsewhere ? null : options.insertInto(options.session()),
      left: Number.POSITIVE_INFINITY,
      samples: 0,
      zeros: 0,
      recorder: null,
      told: null,
    }
    const sessionId = options.session()
    current = dictation
    last = dictation.insertion
    mine.set(dictation.id, dictation)
    const starting = microphone.start(preferences().microphone_id, {
      onFrame: (frame) => {
        dictation.recorder ??= createRecorder({
          client,
          recordingId: dictation.id,
          sessionId,
          startedAtMs: Math.round(now() - msOf(frame.length)),
          format: preferences().dictation_format,
          encode: options.encode,
          onDiskFull: (isFull) =>
            isCurrent(dictation) && set({ notice: isFull ? { kind: 'diskFull' } : null }),
          onUnencoded: () => isCurrent(dictation) && set({ notice: { kind: 'unencoded' } }),
          onRefused: (fault) => fail(dictation, { kind: 'notKept', fault }),
        })
        hearFrame(dictation, frame)
      },
      onOther: (label) => isCurrent(dictation) && set({ notice: { kind: 'other', label } }),
      onGone: () => {
        if (!isCurrent(dictation)) return
        set({ trouble: { kind: 'gone' } })
        void end(dictation)
      },
    })
    // What an open microphone has heard already is on its way before anything is drawn.
    set({ phase: 'arming', recordingId: dictation.id, ...begun })
    const started = await starting
    if (!isCurrent(dictation)) {
      // Thrown away before it was open; whoever records now has the microphone.
      if (!isOn()) microphone.stop()
    } else if (!started.ok) {
      mine.delete(dictation.id)
      set({ phase: 'failed', recordingId: null, trouble: { kind: started.trouble } })
    }
  }

  function hearFrame(dictation: Dictation, frame: Int16Array): void {
    if (!isCurrent(dictation) || dictation.left <= 0) return
    const { phase, seconds } = store.getState()
    if (phase === 'arming') set({ phase: 'recording' })
    const level = levelOf(frame)
    meter = meterOf(level)
    dictation.samples += frame.length
    dictation.left -= frame.length
    dictation.recorder?.push(frame)
    watchSilence(dictation, frame, level.peak)
    const whole = Math.floor(msOf(dictation.samples) / 1000)
    if (whole !== seconds) set({ seconds: whole })
    if (dictation.left <= 0) void end(dictation)
  }

  /** A microphone that is switched off gives not even noise. */
  function watchSilence(dictation: Dictation, frame: Int16Array, peak: number): void {
    dictation.zeros = peak === 0 ? dictation.zeros + frame.length : 0
    const { notice } = store.getState()
    if (dictation.zeros >= samplesOf(mutedMs) && notice === null) set({ notice: { kind: 'muted' } })
    else if (dictation.zeros === 0 && notice?.kind === 'muted') set({ notice: null })
  }

  /** The tail comes first. */
  function finish(): void {
    const dictation = current
    if (!dictation || !isOn()) return
    dictation.left = samplesOf(tailMs)
    set({ phase: 'finishing' })
    setTimeout(() => {
      if (isCurrent(dictation) && dictation.left > 0) void end(dictation)
    }, starvedMs)
  }

  async function end(dictation: Dictation): Promise<void> {
    if (isCurrent(dictation)) {
      microphone.stop()
      meter = 0
      set({ phase: 'finishing' })
    }
    dictation.left = 0
    const { recorder } = dictation
    // Not even a first sample came.
    if (!recorder) return leave(dictation, { kind: 'silent' })
    const view = await recorder.end()
    dictation.recorder = null
    if (!view) return
    if (isCurrent(dictation)) set({ phase: 'waiting' })
    see(dictation.told && dictation.told.state !== 'open' ? dictation.told : view)
  }

  function leave(dictation: Dictation, trouble: DictationTrouble | null): void {
    mine.delete(dictation.id)
    if (!isCurrent(dictation)) return
    current = null
    set(trouble ? { phase: 'failed', trouble } : { phase: 'done' })
  }

  function fail(dictation: Dictation, trouble: DictationTrouble): void {
    if (isCurrent(dictation)) microphone.stop()
    dictation.left = 0
    meter = 0
    if (isCurrent(dictation)) set({ phase: 'failed', trouble })
  }

  function see(view: RecordingView): void {
    const dictation = mine.get(view.recording_id)
    if (!dictation) return seeLeft(view)
    dictation.told = view
    if (isCurrent(dictation)) set({ view })
    if (view.text.trim() !== '') dictation.insertion?.put(view.text)
    const isHere = dictation.recorder === null
    if (!isHere || !isOver(view)) return
    const failed = failedSegment(view)
    if (failed) return isCurrent(dictation) ? fail(dictation, unwritten(view)) : moveAway(view)
    const text = wholeText(view)
    void client.ask['recordings.take']({ recording_id: view.recording_id })
    if (text === '') return leave(dictation, { kind: 'silent' })
    // The daemon's text ends before a segment without words.
    dictation.insertion?.put(text)
    const { trouble } = store.getState()
    // What was said before the device went is there; that it went is still to be read.
    leave(dictation, isCurrent(dictation) && trouble?.kind === 'gone' ? trouble : null)
    if (!dictation.insertion) void bring(text)
  }

  const unwritten = (view: RecordingView): DictationTrouble => ({
    kind: 'unwritten',
    fault: failedSegment(view)?.fault ?? null,
  })

  /** Where it was spoken for, or else into the box. */
  async function bring(text: string): Promise<void> {
    if (preferences().dictation_types && (await options.type(text))) return
    last = options.insertInto(options.session())
    last.put(text)
  }

  function moveAway(view: RecordingView): void {
    mine.delete(view.recording_id)
    set(({ left }) => ({ left: [...left, view] }))
  }

  function seeLeft(view: RecordingView): void {
    set(({ left }) => ({
      left: left.map((each) => (each.recording_id === view.recording_id ? view : each)),
    }))
  }

  function begin(isElsewhere = false): void {
    const { view } = store.getState()
    // One that has failed waits among those that were left.
    if (current && view && mine.has(current.id) && failedSegment(view) && isOver(view)) moveAway(view)
    void start(isElsewhere)
  }

  function discard(): void {
    const dictation = current
    current = null
    set({ phase: 'idle', recordingId: null, ...begun })
    if (!dictation) return
    microphone.stop()
    meter = 0
    dictation.left = 0
    dictation.recorder?.abort()
    dictation.insertion?.remove()
    mine.delete(dictation.id)
    if (dictation.samples > 0) void client.ask['recordings.discard']({ recording_id: dictation.id })
  }

  const drop = (id: RecordingId): void =>
    set(({ left }) => ({ left: left.filter(({ recording_id }) => recording_id !== id) }))

  return Object.assign(store, {
    arm: () => microphone.arm(preferences().microphone_id),
    disarm: () => microphone.release(),
    toggle() {
      if (isOn()) finish()
      else if (store.getState().phase !== 'finishing') begin()
    },
    hold() {
      if (isOn()) {
        finish()
        return () => undefined
      }
      if (store.getState().phase === 'finishing') return () => undefined
      begin()
      const dictation = current
      const from = now()
      return () => {
        if (dictation && isCurrent(dictation) && now() - from >= tapMs) finish()
      }
    },
    pressElsewhere() {
      if (isOn()) finish()
      else if (store.getState().phase !== 'finishing') begin(true)
    },
    insert() {
      const { phase, view } = store.getState()
      if (phase === 'recording' || phase === 'arming') return finish()
      const dictation = current
      if (phase !== 'failed' || !dictation || !view) return
      const text = wholeText(view)
      if (text !== '') (dictation.insertion ?? options.insertInto(options.session())).put(text)
      void client.ask['recordings.take']({ recording_id: dictation.id })
      leave(dictation, null)
    },
    askDiscard() {
      const { phase } = store.getState()
      const ms = msOf(current?.samples ?? 0)
      if (phase !== 'idle' && phase !== 'done' && ms > littleMs) set({ isAsking: true })
      else discard()
    },
    keepOn: () => set({ isAsking: false }),
    discard,
    retry() {
      const dictation = current
      if (!dictation) return
      set({ phase: 'waiting', trouble: null })
      void client.ask['recordings.retry']({ recording_id: dictation.id }).then((answer) => {
        // What becomes of it is told by events.
        if (!answer.ok) fail(dictation, { kind: 'unwritten', fault: answer.fault })
      })
    },
    takeBack: () => last?.remove() ?? false,
    putBack() {
      const { view } = store.getState()
      if (view) last?.put(wholeText(view))
    },
    settle() {
      const { view } = store.getState()
      // After a failure nobody has taken it yet.
      if (view && current) void client.ask['recordings.take']({ recording_id: view.recording_id })
      if (view) mine.delete(view.recording_id)
      current = null
      set({ phase: 'idle', recordingId: null, ...begun })
    },
    dismiss() {
      if (!['failed', 'done'].includes(store.getState().phase)) return
      current = null
      set({ phase: 'idle', recordingId: null, ...begun })
    },
    insertLeft(id: RecordingId) {
      const view = store.getState().left.find(({ recording_id }) => recording_id === id)
      if (!view) return
      drop(id)
      options.insertInto(options.session()).put(wholeText(view))
      void client.ask['recordings.take']({ recording_id: id })
    },
    discardLeft(id: RecordingId) {
      drop(id)
      void client.ask['recordings.discard']({ recording_id: id })
    },
    retryLeft: (id: RecordingId) => void client.ask['recordings.retry']({ recording_id: id }),
    level: () => meter,
    async load() {
      const answer = await client.ask['recordings.list']({})
      if (answer.ok)
        set({ left: answer.value.recordings.filter(({ recording_id }) => !mine.has(recording_id)) })
    },
    forget() {
      if (current && isOn()) microphone.stop()
      current?.recorder?.abort()
      current = null
      mine.clear()
      set({ phase: 'idle', recordingId: null, left: [], ...begun })
    },
    hear(event: AnyEvent) {
      if (event.type === 'recording.changed') see(event.recording)
      else if (event.type === 'recording.gone') drop(event.recording_id)
    },
  })
}
