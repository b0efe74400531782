import { expect, test } from 'vitest'
import { keyDeeds, type KeyGround } from './key-deeds'
import { areaOf, withSpot, type Shape } from './stage/shape'

function pressing(
  key: string,
  held: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey', boolean>> = {},
  isMarking = true,
) {
  const done: unknown[] = []
  const note =
    (what: string) =>
    (...more: unknown[]) =>
      void done.push(more.length > 0 ? [what, ...more] : what)
  const ground: KeyGround = {
    mask: isMarking
      ? { undo: note('undo'), redo: note('redo'), invert: note('invert'), clear: note('clear') }
      : null,
    hand: { tool: 'brush', size: 50 },
    stage: { step: note('step'), fit: note('fit'), realSize: note('real') },
    onHand: note('hand'),
    onApply: note('apply'),
    onBack: note('back'),
    onLeaveWriting: note('leave'),
  }
  const press = {
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    target: new EventTarget(),
    ...held,
  }
  keyDeeds(press, ground)?.()
  return done[0]
}

test.each([
  ['e', {}, ['hand', { tool: 'eraser', size: 50 }]],
  ['L', {}, ['hand', { tool: 'lasso', size: 50 }]],
  ['[', {}, ['hand', { tool: 'brush', size: 46 }]],
  [']', {}, ['hand', { tool: 'brush', size: 54 }]],
  ['z', { ctrlKey: true }, 'undo'],
  ['Z', { ctrlKey: true, shiftKey: true }, 'redo'],
  ['y', { ctrlKey: true }, 'redo'],
  ['i', {}, 'invert'],
  ['Delete', {}, 'clear'],
  ['+', {}, ['step', 1]],
  ['0', {}, 'fit'],
  ['1', {}, 'real'],
  ['Enter', { ctrlKey: true }, 'apply'],
  ['Escape', {}, 'back'],
  ['e', { altKey: true }, undefined],
  ['q', {}, undefined],
  ['toString', {}, undefined],
] as const)('%s %o', (key, held, what) => expect(pressing(key, held)).toEqual(what))

test('while a result is looked at nothing is marked', () => {
  for (const key of ['e', '[', 'i', 'Delete']) expect(pressing(key, {}, false)).toBeUndefined()
  expect(pressing('z', { ctrlKey: true }, false)).toBeUndefined()
  expect(pressing('-', {}, false)).toEqual(['step', -1])
})

test('a rectangle has four corners; a lasso takes a corner where the pointer has moved', () => {
  const begun: Shape = { tool: 'rectangle', spots: [{ x: 1, y: 1 }], loose: { x: 1, y: 1 }, isErasing: false }
  expect(areaOf(withSpot(begun, { x: 5, y: 9 }, 2))).toEqual([
    { x: 1, y: 1 },
    { x: 5, y: 1 },
    { x: 5, y: 9 },
    { x: 1, y: 9 },
  ])
  const lasso = [
    { x: 2, y: 1 },
    { x: 9, y: 1 },
    { x: 9, y: 2 },
  ].reduce((shape, spot) => withSpot(shape, spot, 2), { ...begun, tool: 'lasso' } as Shape)
  expect(lasso.spots).toEqual([
    { x: 1, y: 1 },
    { x: 9, y: 1 },
  ])
  expect(areaOf(lasso).at(-1)).toEqual({ x: 9, y: 2 })
})
