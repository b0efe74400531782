import type { ServerResponse } from 'node:http'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { Behaviour } from './behaviour'
import type { Frame } from './frames'

/** Waits, and is simply over early when the client has gone. */
async function pause(ms: number, gone: AbortSignal): Promise<void> {
  if (ms > 0 && !gone.aborted) await sleep(ms, undefined, { signal: gone }).catch(() => undefined)
}

async function write(response: ServerResponse, bytes: Uint8Array, gone: AbortSignal): Promise<void> {
  if (gone.aborted || response.write(bytes)) return
  await new Promise<void>((resume) => {
    const go = () => {
      response.off('drain', go)
      gone.removeEventListener('abort', go)
      resume()
    }
    response.once('drain', go)
    gone.addEventListener('abort', go, { once: true })
  })
}

/** Sends bytes as one write, or as many small ones, stopping at the byte the behaviour names. */
function createOutlet(response: ServerResponse, behaviour: Behaviour, gone: AbortSignal) {
  let left = behaviour.after_bytes ?? Infinity
  return async (text: string): Promise<boolean> => {
    const bytes = Buffer.from(text).subarray(0, Math.min(left, Number.MAX_SAFE_INTEGER))
    left -= bytes.length
    const step = behaviour.split_every ?? bytes.length
    for (let at = 0; at < bytes.length && !gone.aborted; at += step) {
      await write(response, bytes.subarray(at, at + step), gone)
      if (behaviour.split_every) await nextTurn()
    }
    return left > 0 && !gone.aborted
  }
}

/**
 * Writes a stream at its pace and ends it the way the behaviour asks. Answers how many tokens went out; `gone` aborts
 * when the client closes.
 */
export async function play(
  response: ServerResponse,
  frames: readonly Frame[],
  behaviour: Behaviour,
  tokensPerSecond: number,
  gone: AbortSignal,
): Promise<number> {
  const send = createOutlet(response, behaviour, gone)
  const end = behaviour.line_end ?? '\n'
  const comment = `: OPENROUTER PROCESSING${end}${end}`
  const event = (data: string): string => `data: ${data}${end}${end}`

  response.flushHeaders()
  for (let i = 0; i < (behaviour.comments ?? 0); i++) {
    if (!(await send(comment))) break
    await pause(behaviour.comment_interval_ms ?? 0, gone)
  }
  if (behaviour.recording !== undefined) {
    await send(behaviour.recording)
  } else {
    const began = performance.now()
    let sent = 0
    let at = 0
    while (at < frames.length && !gone.aborted) {
      const due = Math.floor(((performance.now() - began) * tokensPerSecond) / 1000) + 1
      let batch = ''
      for (; at < frames.length; at++) {
        const frame = frames[at]
        if (!frame || (frame.paced && sent >= due)) break
        batch += event(frame.data)
        if (frame.paced) sent++
        if (behaviour.comment_every && frame.paced && sent % behaviour.comment_every === 0) batch += comment
        if (batch.length > 1_000_000) {
          at++
          break
        }
      }
      if (batch && !(await send(batch))) break
      if (at < frames.length && sent >= due) await pause(Math.max(1, 1000 / tokensPerSecond), gone)
    }
    await finish(response, behaviour, gone)
    return sent
  }
  await finish(response, behaviour, gone)
  return 0
}

async function finish(response: ServerResponse, behaviour: Behaviour, gone: AbortSignal): Promise<void> {
  if (gone.aborted) return
  if (behaviour.ending === 'stall') {
    await new Promise<void>((resume) => gone.addEventListener('abort', () => resume(), { once: true }))
  } else if (behaviour.ending === 'reset') {
    // Lets what was written reach the client before the socket dies.
    await pause(20, gone)
    response.socket?.resetAndDestroy()
  } else response.end()
}
