import { runStatuses } from '@contract/runs'
import { expect, test } from 'vitest'
import { isActive, isTerminal, mayMove } from './transitions'

/** Contract 6.2, row by row. */
const table = {
  queued: 'running failed cancelled',
  running: 'waiting_for_approval waiting_for_user_question completed failed interrupted cancelled',
  waiting_for_approval: 'running failed interrupted cancelled',
  waiting_for_user_question: 'running completed failed interrupted cancelled',
  completed: '',
  failed: '',
  interrupted: '',
  cancelled: '',
} as const

test.each(runStatuses)('%s moves where the contract says, or stays', (from) => {
  const reached = runStatuses.filter((to) => to !== from && mayMove(from, to))
  expect(reached.toSorted()).toEqual(table[from].split(' ').filter(Boolean).toSorted())
  expect(mayMove(from, from)).toBe(true)
})

test('the last four are terminal; a queued run is live but holds no slot', () => {
  expect(runStatuses.filter(isTerminal)).toEqual(['completed', 'failed', 'interrupted', 'cancelled'])
  expect(runStatuses.filter(isActive)).toEqual([
    'running',
    'waiting_for_approval',
    'waiting_for_user_question',
  ])
})
