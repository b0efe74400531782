import { expect, test } from 'vitest'
import { createHistory, type Tiled } from './history'

/** Six tiles, each a number. */
function surface() {
  const tiles = [0, 0, 0, 0, 0, 0]
  const on: Tiled<number> = {
    keep: (tile) => tiles[tile] ?? 0,
    swap(tile, patch) {
      const held = tiles[tile] ?? 0
      tiles[tile] = patch
      return held
    },
    bytesOf: () => 10,
    invert: () => tiles.forEach((value, at) => (tiles[at] = -value)),
  }
  return { tiles, on }
}

test('a deed of many touches is undone in one step, and done again', () => {
  const { tiles, on } = surface()
  const history = createHistory(on)
  history.keep([0])
  tiles[0] = 1
  history.keep([0, 1])
  tiles[0] = 2
  tiles[1] = 2
  history.close()
  expect(history.canUndo).toBe(true)
  history.undo()
  expect(tiles).toEqual([0, 0, 0, 0, 0, 0])
  expect([history.canUndo, history.canRedo]).toEqual([false, true])
  history.redo()
  expect(tiles).toEqual([2, 2, 0, 0, 0, 0])
})

test('inverting is its own undoing, and holds no pixels', () => {
  const { tiles, on } = surface()
  const history = createHistory(on, 0)
  tiles[3] = 5
  for (let times = 0; times < 3; times += 1) {
    on.invert()
    history.inverted()
  }
  expect(tiles[3]).toBe(-5)
  history.undo()
  expect(tiles[3]).toBe(5)
  history.undo()
  expect(tiles[3]).toBe(-5)
  history.redo()
  expect(tiles[3]).toBe(5)
})

test('a deed that touched nothing leaves no step; a new one ends what could be done again', () => {
  const { tiles, on } = surface()
  const history = createHistory(on)
  history.close()
  expect(history.canUndo).toBe(false)
  history.keep([2])
  tiles[2] = 1
  history.close()
  history.undo()
  expect(history.canRedo).toBe(true)
  history.keep([2])
  tiles[2] = 9
  history.close()
  expect(history.canRedo).toBe(false)
})

test('the oldest steps go when all of them hold too much; the last one always stays', () => {
  const { tiles, on } = surface()
  const history = createHistory(on, 20)
  for (const value of [1, 2, 3]) {
    history.keep([0])
    tiles[0] = value
    history.close()
  }
  history.undo()
  history.undo()
  expect(history.canUndo).toBe(false)
  expect(tiles[0]).toBe(1)
  history.keep([0, 1, 3])
  tiles[3] = 7
  history.close()
  history.undo()
  expect(tiles[3]).toBe(0)
})
