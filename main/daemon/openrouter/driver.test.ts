import { afterEach, describe, expect, test } from 'vitest'
import { collect, open, turnOf } from './open-room.suite'

const rooms: Awaited<ReturnType<typeof open>>[] = []
const room = async (...args: Parameters<typeof open>) => {
  const made = await open(...args)
  rooms.push(made)
  return made
}
afterEach(async () => {
  await Promise.all(rooms.splice(0).map((one) => one.close()))
})

describe('a chat that goes well', () => {
  test('streams text, says who served it and what it cost, and finishes', async () => {
    const { driver, access, demo } = await room()
    const heard = await collect(driver.streamChat(access, turnOf('Hello'), new AbortController().signal))

    expect(heard.failure).toBeUndefined()
    expect(heard.text).toContain('demo provider')
    expect(heard.events[0]).toMatchObject({ is: 'accepted', generation_id: expect.stringMatching(/^gen-/) })
    expect(heard.events.find((event) => event.is === 'served')).toMatchObject({
      model: 'openai/gpt-4o',
      provider: 'OpenAI',
    })
    expect(heard.usage?.cost_usd).toBeGreaterThan(0)
    expect(heard.events.at(-1)).toMatchObject({ is: 'finished', reason: 'stop', native: 'STOP' })
    expect(demo.requests[0]?.body).toMatchObject({ stream: true, session_id: 'chat-1' })
  })
})
