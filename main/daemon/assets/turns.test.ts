import { describe, expect, it } from 'vitest'
import { createSlots, createTurn } from './turns'

const never = new AbortController().signal

describe('a turn', () => {
  it('runs one after the other, in order, whatever becomes of those before', async () => {
    const inTurn = createTurn()
    const said: string[] = []
    const slow = inTurn(async () => {
      said.push('begins')
      await Promise.resolve()
      said.push('ends')
    })
    const broken = inTurn(() => {
      throw new Error('broken')
    })
    const last = inTurn(() => said.push('last'))
    await slow
    await expect(broken).rejects.toThrow('broken')
    await last
    expect(said).toEqual(['begins', 'ends', 'last'])
  })
})

describe('slots', () => {
  it('let in so many, and then who waits longest', async () => {
    const slots = createSlots(2)
    const give = await slots.take(never)
    expect(slots.areTaken()).toBe(false)
    await slots.take(never)
    expect(slots.areTaken()).toBe(true)
    const order: number[] = []
    const third = slots.take(never).then((free) => {
      order.push(3)
      free()
    })
    const fourth = slots.take(never).then(() => order.push(4))
    give()
    give()
    await Promise.all([third, fourth])
    expect(order).toEqual([3, 4])
    expect(slots.areTaken()).toBe(true)
  })

  it('keep no place for who has given up', async () => {
    const slots = createSlots(1)
    const give = await slots.take(never)
    const stop = new AbortController()
    const waiting = slots.take(stop.signal)
    const next = slots.take(never)
    stop.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    await expect(slots.take(stop.signal)).rejects.toThrow('enough')
    give()
    await next
    expect(slots.areTaken()).toBe(true)
  })
})
