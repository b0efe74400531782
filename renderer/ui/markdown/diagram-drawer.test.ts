import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { diagramLimits, type DiagramColours, type DiagramTask } from '../../lib/diagram-task'
import { createDiagramDrawer, drawMs, idleMs, loadMs, type DiagramLook } from './diagram-drawer'
import type { OpenDiagramFrame } from './diagram-frame'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const colours = { canvas: 'rgb(255, 255, 255)' } as DiagramColours
const light: DiagramLook = { isDark: false, colours }
const dark: DiagramLook = { isDark: true, colours }

/** Frames that do nothing by themselves: `frames` has what each was asked and whether it is gone. */
function openHouse() {
  const frames: { tasks: DiagramTask[]; isClosed: boolean; say: (said: unknown) => void }[] = []
  const open: OpenDiagramFrame = (heard) => {
    const frame = { tasks: [] as DiagramTask[], isClosed: false, say: heard }
    frames.push(frame)
    return { send: (task) => void frame.tasks.push(task), close: () => void (frame.isClosed = true) }
  }
  return { frames, drawer: createDiagramDrawer(open) }
}

const answer = (task: DiagramTask | undefined) => ({
  kind: 'drawn',
  id: task?.id,
  svg: `<svg>${task?.source}</svg>`,
  width: 10,
  height: 20,
  title: '',
})
const picture = (source: string) => ({
  kind: 'drawn',
  picture: { svg: `<svg>${source}</svg>`, width: 10, height: 20, title: '' },
})

test('opens one frame, waits until it is ready and draws one after the other', async () => {
  const { frames, drawer } = openHouse()
  const first = drawer.draw('a', light)
  const second = drawer.draw('b', light)
  expect(frames).toHaveLength(1)
  expect(frames[0]?.tasks).toEqual([])
  frames[0]?.say({ kind: 'ready' })
  expect(frames[0]?.tasks.map(({ source }) => source)).toEqual(['a'])
  frames[0]?.say(answer(frames[0].tasks[0]))
  expect(await first).toEqual(picture('a'))
  frames[0]?.say(answer(frames[0].tasks[1]))
  expect(await second).toEqual(picture('b'))
})

test('remembers what it drew, for each look', async () => {
  const { frames, drawer } = openHouse()
  const [first, twin] = [drawer.draw('a', light), drawer.draw('a', light)]
  frames[0]?.say({ kind: 'ready' })
  expect(frames[0]?.tasks).toHaveLength(1)
  frames[0]?.say(answer(frames[0].tasks[0]))
  expect(await first).toEqual(await twin)
  expect(drawer.drawn('a', light)).toEqual(picture('a'))
  expect(drawer.drawn('a', dark)).toBeUndefined()
})

test('a diagram that takes too long goes with its frame; the next gets a new one', async () => {
  const { frames, drawer } = openHouse()
  const endless = drawer.draw('endless', light)
  const next = drawer.draw('next', light)
  frames[0]?.say({ kind: 'ready' })
  vi.advanceTimersByTime(drawMs)
  expect(await endless).toEqual({ kind: 'tooSlow' })
  expect(frames.map(({ isClosed }) => isClosed)).toEqual([true, false])
  frames[1]?.say({ kind: 'ready' })
  frames[1]?.say(answer(frames[1].tasks[0]))
  expect(await next).toEqual(picture('next'))
  // It is not tried again.
  expect(drawer.drawn('endless', light)).toEqual({ kind: 'tooSlow' })
})

test('a frame that never loads is no reason to remember anything', async () => {
  const { frames, drawer } = openHouse()
  const drawing = drawer.draw('a', light)
  vi.advanceTimersByTime(loadMs)
  expect(await drawing).toEqual({ kind: 'unavailable' })
  expect(frames[0]?.isClosed).toBe(true)
  expect(drawer.drawn('a', light)).toBeUndefined()
})

test('an unused frame is closed after a while', async () => {
  const { frames, drawer } = openHouse()
  const drawing = drawer.draw('a', light)
  frames[0]?.say({ kind: 'ready' })
  frames[0]?.say({ kind: 'wrong', id: frames[0].tasks[0]?.id })
  expect(await drawing).toEqual({ kind: 'wrong' })
  vi.advanceTimersByTime(idleMs - 1)
  expect(frames[0]?.isClosed).toBe(false)
  vi.advanceTimersByTime(1)
  expect(frames[0]?.isClosed).toBe(true)
})

test('a source that is too long asks no frame at all', async () => {
  const { frames, drawer } = openHouse()
  const source = 'a'.repeat(diagramLimits.characters + 1)
  expect(await drawer.draw(source, light)).toEqual({ kind: 'tooLong' })
  expect(frames).toHaveLength(0)
})

test('a picture that is too large is none', async () => {
  const { frames, drawer } = openHouse()
  const sizes = [
    { svg: 'x'.repeat(diagramLimits.svgCharacters + 1) },
    { width: 1_000_000 },
    { height: 1_000_000 },
  ]
  for (const [at, size] of sizes.entries()) {
    const drawing = drawer.draw(`${at}`, light)
    frames[0]?.say({ kind: 'ready' })
    frames[0]?.say({ ...answer(frames[0].tasks[at]), ...size })
    expect(await drawing).toEqual({ kind: 'tooLong' })
  }
})

test('nothing but a well-formed answer to the question asked is heard', async () => {
  const { frames, drawer } = openHouse()
  const drawing = drawer.draw('a', light)
  frames[0]?.say({ kind: 'ready' })
  const right = answer(frames[0]?.tasks[0])
  for (const said of [
    null,
    'drawn',
    { kind: 'other' },
    { ...right, id: 99 },
    { ...right, svg: 1 },
    { ...right, width: Number.NaN },
    { ...right, height: -1 },
    { kind: 'wrong', id: 'x' },
    { kind: 'ready' },
  ])
    frames[0]?.say(said)
  expect(frames[0]?.tasks).toHaveLength(1)
  frames[0]?.say(right)
  expect(await drawing).toEqual(picture('a'))
})
