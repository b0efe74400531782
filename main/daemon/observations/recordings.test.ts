import { existsSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { AssetId } from '@contract/ids'
import { Failure } from '../core/failure'
import { openRoom, refused, tone, type Room } from './testing'

const rooms: Room[] = []
function open(before?: Room): Room {
  const room = openRoom(before ? { folder: before.folder, before } : {})
  rooms.push(room)
  return room
}
afterEach(async () => {
  for (const room of rooms.splice(0)) {
    await room.stop()
    await rm(room.folder, { recursive: true, force: true })
  }
})

const codeOf = async (work: unknown) => {
  try {
    await (typeof work === 'function' ? (work as () => unknown)() : work)
    return 'fine'
  } catch (error) {
    return error instanceof Failure ? error.fault.code : String(error)
  }
}

describe('sound on its way', () => {
  it('is on the disk when it is answered; a repeat is harmless, a hole is refused', async () => {
    const room = open()
    await room.begin('r')
    await room.speak('r', 0, 0, 1_600)
    await room.speak('r', 0, 0, 1_600)
    await room.speak('r', 0, 800, 1_600)
    expect(await codeOf(room.speak('r', 0, 2_401, 10))).toBe('recording_invalid')
    await room.speak('r', 0, 2_400, 100)
    await room.endSegment('r', 0)
    await room.calm()
    expect(room.samplesAt('r:0')).toEqual(tone(0, 2_500))
    expect(readdirSync(join(room.folder, 'r'))).toEqual([])
  })

  it('belongs to a segment only as far as it ends, and is there again in the next one', async () => {
    const room = open()
    await room.begin('r')
    await room.speak('r', 0, 0, 3_000)
    await room.speak('r', 1, 0, 1_600)
    await room.endSegment('r', 0, false, 2_500)
    // Longer than it is: as it is.
    await room.endSegment('r', 1, false, 9_000)
    await room.speak('r', 2, 0, 1_000)
    await room.endSegment('r', 2, true, 600)
    await room.calm()
    expect(room.samplesAt('r:0')).toEqual(tone(0, 2_500))
    expect(room.samplesAt('r:1')).toEqual(tone(0, 1_600))
    const { segments } = await room.ask('get', 'r')
    expect(segments.map(({ duration_ms }) => duration_ms)).toEqual([156, 100, 38])
  })

  it('comes only to a recording that is on', async () => {
    const room = open()
    expect(await codeOf(room.speak('nobody', 0, 0, 10))).toBe('recording_not_found')
    expect(await codeOf(() => room.begin('../out'))).toBe('recording_invalid')
    await room.begin('r')
    await room.speak('r', 0, 0, 10)
    expect(await codeOf(() => room.endSegment('r', 1))).toBe('recording_invalid')
    await room.endSegment('r', 0)
    await room.calm()
    await room.speak('r', 0, 0, 10)
    expect(await codeOf(room.speak('r', 0, 10, 10))).toBe('recording_invalid')
    await room.ask('end', 'r')
    expect(await codeOf(room.speak('r', 1, 0, 10))).toBe('recording_invalid')
  })

  it('is stored as its encoder made it, or as its pieces where that is refused', async () => {
    const room = open()
    await room.begin('r')
    for (const segment of [0, 1]) {
      await room.speak('r', segment, 0, 1_600)
      await room.sound.keepSegment({
        recording_id: 'r',
        segment,
        media_type: 'audio/webm',
        bytes: new Uint8Array([0x1a, 0x45, segment]),
      })
    }
    room.ear.take = ({ media_type, seq_no }) => {
      if (seq_no === 1 && media_type === 'audio/webm')
        throw new Failure({ code: 'asset_invalid', status: 400, domain: 'assets', detail: '', check: 'webm' })
    }
    await room.endSegment('r', 0)
    await room.endSegment('r', 1)
    await room.calm()
    expect(room.ingested.get('r:0')?.given).toMatchObject({
      media_type: 'audio/webm',
      stream_id: 'r',
      seq_no: 0,
      captured_at_ms: 1_000,
    })
    expect(room.ingested.get('r:1')?.given).toMatchObject({ media_type: 'audio/wav', captured_at_ms: 1_100 })
  })
})

describe('texts', () => {
  it('stand in the order of speaking, four requests at a time; silence is never sent', async () => {
    const room = open()
    await room.begin('r')
    const held = new Map<AssetId, () => void>()
    room.ear.hear = (id) => new Promise((go) => held.set(id, () => go(`said ${id}`)))
    for (let segment = 0; segment < 7; segment += 1) {
      await room.speak('r', segment, 0, 160)
      await room.endSegment('r', segment, segment === 1)
    }
    await expect.poll(() => held.size).toBe(4)
    const first = room.ingested.get('r:0')?.view.asset_id as AssetId
    for (const [id, go] of held) if (id !== first) go()
    await expect.poll(() => held.size).toBe(6)
    for (const [id, go] of held) if (id !== first) go()
    await expect
      .poll(async () => (await room.ask('get', 'r')).segments.map(({ state }) => state).join())
      .toBe('transcribing,silent,heard,heard,heard,heard,heard')
    expect((await room.ask('get', 'r')).text).toBe('')
    held.get(first)?.()
    await room.calm()
    const { text, segments } = await room.ask('get', 'r')
    const inOrder = [0, 2, 3, 4, 5, 6].map(
      (at) => `said ${String(room.ingested.get(`r:${String(at)}`)?.view.asset_id)}`,
    )
    expect(text).toBe(inOrder.join(' '))
    expect(segments.map(({ duration_ms }) => duration_ms)).toEqual(Array(7).fill(10))
    expect(room.asked).toHaveLength(6)
    const told = room.events.filter(({ type }) => type === 'recording.changed')
    expect(told.length).toBeLessThan(10)
  })

  it('that failed are asked for again alone; the recording stays', async () => {
    const room = open()
    await room.begin('r')
    for (const segment of [0, 1]) await room.speak('r', segment, 0, 160)
    room.ear.hear = async (id) => {
      if (id === room.ingested.get('r:0')?.view.asset_id) throw refused('provider_error')
      return 'two'
    }
    await room.ask('end', 'r')
    await room.calm()
    const failed = await room.ask('get', 'r')
    expect(failed).toMatchObject({ state: 'ended', text: '' })
    expect(failed.segments[0]).toMatchObject({ state: 'failed', fault: { kind: 'timeout' } })
    room.ear.hear = async () => 'one'
    await room.ask('retry', 'r')
    await room.calm()
    expect((await room.ask('get', 'r')).text).toBe('one two')
    expect(room.asked).toHaveLength(3)
  })

  it('are not said to be on their way where that can’t be noted, and are asked for again later', async () => {
    const room = open()
    await room.begin('r')
    await room.speak('r', 0, 0, 160)
    const { putSegment } = room.base.recordings
    const put = vi.spyOn(room.base.recordings, 'putSegment').mockImplementation((id, segment) => {
      if (segment.asked !== undefined || segment.state === 'failed') throw refused('provider_error')
      putSegment(id, segment)
    })
    await room.ask('end', 'r')
    await expect(room.calm()).rejects.toThrow()
    expect((await room.ask('get', 'r')).segments[0]?.state).toBe('stored')
    put.mockRestore()
    room.unexpected.splice(0)
    await room.ask('retry', 'r')
    await room.calm()
    expect((await room.ask('get', 'r')).segments[0]?.state).toBe('heard')
  })

  it('wait where the source takes no more captures for now', async () => {
    const room = open()
    await room.begin('r')
    await room.speak('r', 0, 0, 160)
    let turns = 2
    room.ear.take = () => {
      if ((turns -= 1) >= 0) throw refused('rate_limited')
    }
    await room.ask('end', 'r')
    await room.calm()
    expect((await room.ask('get', 'r')).segments[0]?.state).toBe('heard')
  })
})

describe('what becomes of a recording', () => {
  it('taken: it is offered no more, and its asset may be deleted', async () => {
    const room = open()
    await room.begin('r')
    await room.speak('r', 0, 0, 160)
    await room.ask('end', 'r')
    await room.calm()
    const asset = room.ingested.get('r:0')?.view.asset_id as AssetId
    expect(room.base.assets.references(asset)).toMatchObject([
      { domain: 'recording', owner_id: 'r', hard: true },
    ])
    expect(room.base.assets.unused(Date.now(), 10)).toEqual([])
    expect(await room.list()).toHaveLength(1)
    await room.ask('take', 'r')
    expect(await room.list()).toEqual([])
    expect(room.base.assets.references(asset)).toEqual([])
    expect(room.base.assets.unused(Date.now(), 10)).toEqual([asset])
    expect(room.events.at(-1)).toEqual({ type: 'recording.gone', recording_id: 'r' })
  })

  it('taken while it is written down: it is finished, and takes no sound any more', async () => {
    const room = open()
    await room.begin('r')
    await room.speak('r', 0, 0, 160)
    let answer = (_: string): void => undefined
    room.ear.hear = () => new Promise((go) => (answer = go))
    await room.ask('end', 'r')
    await expect.poll(() => room.asked.length).toBe(1)
    await room.ask('take', 'r')
    answer('late')
    await room.calm()
    expect(await room.ask('get', 'r')).toMatchObject({ state: 'ended', text: 'late' })
    expect(await codeOf(room.speak('r', 0, 0, 160))).toBe('recording_invalid')
  })

  it('discarded while it is written down: nothing of it is left', async () => {
    const room = open()
    await room.begin('r')
    await room.speak('r', 0, 0, 160)
    await room.endSegment('r', 0)
    await room.speak('r', 1, 0, 160)
    room.ear.hear = (_, signal) =>
      new Promise((_go, stop) => signal.addEventListener('abort', () => stop(new Error('ended'))))
    await expect.poll(() => room.asked.length).toBe(1)
    await room.ask('discard', 'r')
    await room.calm()
    expect(await codeOf(room.ask('get', 'r'))).toBe('recording_not_found')
    expect(await codeOf(room.speak('r', 1, 160, 10))).toBe('recording_not_found')
    expect(room.purged).toEqual(['o0'])
    expect(room.base.assets.get('sound0' as AssetId)).toBeUndefined()
    expect(existsSync(join(room.folder, 'r'))).toBe(false)
    expect(room.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['recording.gone', 'observation.purged', 'asset.deleted']),
    )
  })

  it('kept: all segments are one recording in the library, once', async () => {
    const room = open()
    await room.begin('r')
    await room.speak('r', 0, 0, 1_000)
    expect(await codeOf(room.ask('keep', 'r'))).toBe('recording_invalid')
    await room.endSegment('r', 0)
    await room.speak('r', 1, 0, 500)
    await room.ask('end', 'r')
    await room.calm()
    const asset = await room.ask('keep', 'r')
    expect(asset.file_name).toMatch(/^Dictation .*\.wav$/)
    expect(await room.ask('keep', 'r')).toEqual(asset)
    expect(room.kept).toHaveLength(1)
    expect(room.kept[0]?.byteLength).toBe(44 + 3_000)
    expect(readdirSync(room.folder)).toEqual(['r'])
  })
})

describe('two at once', () => {
  const spoken = async (room: Room) => {
    await room.begin('r')
    await room.speak('r', 0, 0, 1_000)
    await room.ask('end', 'r')
    await room.calm()
  }

  it('who keep it get the same sound', async () => {
    const room = open()
    await spoken(room)
    const [one, other] = await Promise.all([room.ask('keep', 'r'), room.ask('keep', 'r')])
    expect(other).toEqual(one)
    expect(room.kept).toHaveLength(1)
  })

  it('one who discards it waits for one who keeps it, and whoever comes later finds nothing to keep', async () => {
    const room = open()
    await spoken(room)
    const keeping = room.ask('keep', 'r')
    const discarding = room.ask('discard', 'r')
    const late = codeOf(room.ask('keep', 'r'))
    const { asset_id } = await keeping
    await discarding
    expect(await late).toBe('recording_not_found')
    expect(room.kept).toHaveLength(1)
    expect(room.base.assets.get(asset_id)).toBeDefined()
    expect(room.base.assets.get('sound0' as AssetId)).toBeUndefined()
  })
})

describe('after a process that was killed', () => {
  it('what it left is stored and written down; folders of nobody go', async () => {
    const before = open()
    await before.begin('r')
    await before.speak('r', 0, 0, 1_600)
    await before.begin('quiet')
    await before.sound.keepSound({
      recording_id: 'quiet',
      segment: 0,
      from_sample: 0,
      samples: new Uint8Array(3_200),
    })
    await before.begin('nobody')
    await before.speak('nobody', 0, 0, 10)
    before.base.recordings.remove('nobody' as never)
    const room = open(before)
    room.recover()
    expect((await room.list()).find(({ recording_id }) => recording_id === 'r')).toMatchObject({
      state: 'left',
      duration_ms: 100,
    })
    await room.calm()
    expect(await room.list()).toMatchObject([{ recording_id: 'r', text: 'said sound0' }])
    expect(room.samplesAt('r:0')).toEqual(tone(0, 1_600))
    expect(readdirSync(room.folder)).toEqual(['r'])
    expect(await codeOf(room.speak('r', 0, 1_600, 10))).toBe('recording_invalid')
    expect(await codeOf(room.ask('get', 'quiet'))).toBe('recording_not_found')
  })

  it('a request whose end nobody knows is repeated once, and then only when somebody asks', async () => {
    const first = open()
    await first.begin('r')
    await first.speak('r', 0, 0, 160)
    const never = () => new Promise<undefined>(() => undefined)
    first.ear.hear = never
    await first.ask('end', 'r')
    await expect.poll(() => first.asked.length).toBe(1)
    const second = open(first)
    second.ear.hear = never
    second.recover()
    await expect.poll(() => second.asked.length).toBe(1)
    const third = open(second)
    third.recover()
    await third.calm()
    expect(third.asked).toEqual([])
    expect(await third.list()).toMatchObject([
      { segments: [{ state: 'failed', fault: { code: 'outcome_unknown' } }] },
    ])
    await third.ask('retry', 'r')
    await third.calm()
    expect(await third.list()).toMatchObject([{ text: 'said sound0' }])
    // Those never end by themselves.
    rooms.splice(0, 2)
  })
})
