import type { AnyEvent } from '@contract/events'
import type { Fault } from '@contract/fault'
import type { RecordingId } from '@contract/ids'
import type { RecordingView } from '@contract/recordings'
import { createStore } from 'zustand/vanilla'
import { msOf } from '../../lib/sound/rate'
import { failedSegment, isOver, wholeText, type DictationState, type DictationTrouble } from './dictation'
import type { DictationOptions, DictationStore, Insertion } from './dictation-store'
import { createLeftDictations } from './left-dictations'
import { createSpeaking, isEnding, newDictation, type Dictation } from './speaking'

/** A press that is shorter leaves the microphone on. */
const tapMs = 300
/** Less is thrown away without a question. */
const littleMs = 5_000

const begun = {
  seconds: 0,
  view: null,
  trouble: null,
  notice: null,
  isAsking: false,
  isElsewhere: false,
  isUntyped: false,
} as const
const nothing = { phase: 'idle', recordingId: null, ...begun } as const

export function createDictationStore(options: DictationOptions): DictationStore {
  const { client, preferences } = options
  const now = options.now ?? (() => Date.now())
  const newId = options.newId ?? (() => crypto.randomUUID())
  const store = createStore<DictationState>(() => ({ ...nothing, left: [] }))
  const set = store.setState
  /** Texts go to their places here, also after the next one was begun. */
  const mine = new Map<RecordingId, Dictation>()
  let current: Dictation | null = null
  /** The one whose end is being asked about; its text may come meanwhile. */
  let asked: Dictation | null = null
  /** Where the newest text went. */
  let last: Insertion | null = null
  /** A microphone was opened once, so that nobody is asked whether it may be. */
  let hasOpened = false

  const isCurrent = (dictation: Dictation): boolean => dictation === current
  const isHeard = (): boolean => current !== null && current.left > 0
  const left = createLeftDictations(options, store, (id) => mine.has(id))
  const speaking = createSpeaking({
    options,
    now,
    store,
    isCurrent,
    onHeard: (dictation) => void end(dictation),
    onRefused: (dictation, fault) => void refuse(dictation, fault),
  })

  async function start(isElsewhere: boolean): Promise<void> {
    const session = options.session()
    const insertion = isElsewhere ? null : options.insertInto(session)
    const dictation = newDictation({ id: newId() as RecordingId, session, insertion }, now)
    current = dictation
    asked = null
    last = insertion
    mine.set(dictation.id, dictation)
    const opening = speaking.open(dictation)
    // What an open microphone has heard already is on its way before anything is drawn.
    set({ phase: 'arming', recordingId: dictation.id, ...begun, isElsewhere })
    const started = await opening
    hasOpened ||= started.ok
    if (!isCurrent(dictation)) {
      // Thrown away before it was open; whoever records now has the microphone.
      if (!isHeard()) options.microphone.stop()
    } else if (!started.ok) {
      mine.delete(dictation.id)
      dictation.left = 0
      set({ phase: 'failed', recordingId: null, trouble: { kind: started.trouble } })
    }
  }

  async function end(dictation: Dictation): Promise<void> {
    speaking.close(dictation)
    if (isCurrent(dictation)) set({ phase: 'finishing' })
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
    speaking.close(dictation)
    if (isCurrent(dictation)) set({ phase: 'failed', trouble })
  }

  /** What was stored before is written down and offered. */
  async function refuse(dictation: Dictation, fault: Fault): Promise<void> {
    fail(dictation, { kind: 'notKept', fault })
    const answer = await client.ask['recordings.end']({ recording_id: dictation.id })
    if (mine.get(dictation.id) !== dictation) return
    if (answer.ok && answer.value.segments.some(({ state }) => state !== 'silent'))
      moveAway(dictation, answer.value)
    else mine.delete(dictation.id)
  }

  function see(view: RecordingView): void {
    const dictation = mine.get(view.recording_id)
    if (!dictation) return left.see(view)
    dictation.told = view
    if (isCurrent(dictation)) set({ view })
    if (view.text.trim() !== '') dictation.insertion?.put(view.text)
    const isHere = dictation.recorder === null
    if (!isHere || !isOver(view)) return
    const failed = failedSegment(view)
    if (failed) return isCurrent(dictation) ? fail(dictation, unwritten(view)) : moveAway(dictation, view)
    const text = wholeText(view)
    void client.ask['recordings.take']({ recording_id: view.recording_id })
    if (text === '') return leave(dictation, { kind: 'silent' })
    // The daemon's text ends before a segment without words.
    dictation.insertion?.put(text)
    const { trouble } = store.getState()
    // What was said before the device went is there; that it went is still to be read.
    leave(dictation, isCurrent(dictation) && trouble?.kind === 'gone' ? trouble : null)
    if (!dictation.insertion) void bring(dictation, text)
  }

  const unwritten = (view: RecordingView): DictationTrouble => ({
    kind: 'unwritten',
    fault: failedSegment(view)?.fault ?? null,
  })

  /** Where it was spoken for, or else into the box. */
  async function bring(dictation: Dictation, text: string): Promise<void> {
    const isTyping = preferences().dictation_types
    if (isTyping && (await options.type(text))) return
    if (store.getState().recordingId === dictation.id) set({ isUntyped: isTyping })
    last = options.insertInto(options.session())
    dictation.insertion = last
    last.put(text)
  }

  function moveAway(dictation: Dictation, view: RecordingView): void {
    mine.delete(dictation.id)
    left.add(view, dictation)
  }

  function begin(isElsewhere: boolean): void {
    // One that has failed waits among those that were left.
    if (current?.told && mine.has(current.id) && failedSegment(current.told) && isOver(current.told))
      moveAway(current, current.told)
    void start(isElsewhere)
  }

  /** Answers whether it goes on now: a press in the tail takes back the end. */
  function press(isElsewhere = false): boolean {
    if (!current || !isHeard()) begin(isElsewhere)
    else if (isEnding(current)) speaking.goOn(current)
    else {
      speaking.finish(current)
      return false
    }
    return true
  }

  function discard(): void {
    const dictation = asked ?? current
    asked = null
    if (dictation) {
      speaking.close(dictation)
      dictation.recorder?.abort()
      dictation.insertion?.remove()
      mine.delete(dictation.id)
      left.drop(dictation.id)
      if (isCurrent(dictation)) current = null
      if (dictation.samples > 0) void client.ask['recordings.discard']({ recording_id: dictation.id })
    }
    set(current ? { isAsking: false } : nothing)
  }

  return Object.assign(store, {
    // A Mac asks the person first, and nobody who only points at something wants to be asked.
    arm() {
      if (hasOpened || client.platform !== 'darwin') options.microphone.arm(preferences().microphone_id)
    },
    disarm: () => options.microphone.release(),
    toggle: () => void press(),
    hold() {
      if (!press()) return () => undefined
      const dictation = current
      const from = now()
      return () => {
        if (dictation && isCurrent(dictation) && now() - from >= tapMs) speaking.finish(dictation)
      }
    },
    pressElsewhere: () => void press(true),
    insert() {
      const { phase, view } = store.getState()
      const dictation = current
      if (!dictation) return
      if (isHeard()) return speaking.finish(dictation)
      if (phase !== 'failed' || !view) return
      const text = wholeText(view)
      if (text !== '') (dictation.insertion ?? options.insertInto(options.session())).put(text)
      void client.ask['recordings.take']({ recording_id: dictation.id })
      leave(dictation, null)
    },
    askDiscard() {
      asked = null
      if (!current || msOf(current.samples) <= littleMs) return discard()
      asked = current
      set({ isAsking: true })
    },
    keepOn() {
      asked = null
      set({ isAsking: false })
    },
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
      set(nothing)
    },
    dismiss() {
      if (!['failed', 'done'].includes(store.getState().phase)) return
      current = null
      set(nothing)
    },
    insertLeft: left.insertLeft,
    discardLeft: left.discardLeft,
    retryLeft: left.retryLeft,
    level: speaking.level,
    load: left.load,
    forget() {
      for (const dictation of mine.values()) {
        speaking.close(dictation)
        dictation.recorder?.abort()
      }
      current = null
      asked = null
      mine.clear()
      left.forget()
      set(nothing)
    },
    hear(event: AnyEvent) {
      if (event.type === 'recording.changed') see(event.recording)
      else if (event.type === 'recording.gone') left.drop(event.recording_id)
    },
  })
}
