// Bundled by `seed.ts`: fills a state root through the real store, so that a seed can't drift from the schema.
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '../../../main/daemon/store/open-store.ts'
import type { AssetId, MessageId, RunId, SessionId } from '../../../preload/contract/ids.ts'

const words =
  'the daemon keeps every answer on disk before anyone sees it so a closed lid a crash or a full disk never costs a word and the window only draws what the journal already holds while routes keys and runs stay in one place'.split(
    ' ',
  )

/** Deterministic, so that two runs search the same text. */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

interface Plan {
  readonly chats: number
  readonly messages: number
  readonly assets?: number
}

/**
 * Fills `root` with `chats` chats of `messages` messages each, and with assets; every fiftieth message and every
 * two-hundredth asset names a rare word.
 */
export function seed(root: string, plan: Plan): void {
  mkdirSync(root, { recursive: true, mode: 0o700 })
  const next = sequence(7)
  const store = openStore({ file: join(root, 'kheish.sqlite'), now: Date.now, newRootId: () => 'root_bench' })
  const start = Date.now() - plan.chats * 60_000
  let made = 0
  for (let chat = 0; chat < plan.chats; chat++) {
    const sessionId = `session_${String(chat).padStart(6, '0')}` as SessionId
    const at = start + chat * 60_000
    store.transaction(() => {
      store.sessions.create({
        session_id: sessionId,
        title: `Chat ${chat} about ${words[chat % words.length]}`,
        at_ms: at,
      })
      let parent: MessageId | null = null
      for (let turn = 0; turn < plan.messages; turn++) {
        const messageId = `message_${chat}_${turn}` as MessageId
        const isAnswer = turn % 2 === 1
        const runId = isAnswer ? (`run_${chat}_${turn}` as RunId) : null
        const text = Array.from({ length: 60 }, () => words[Math.floor(next() * words.length)]).join(' ')
        const rare = made++ % 50 === 0 ? ` zanzibar${made % 7}` : ''
        if (runId) {
          store.runs.add({
            run_id: runId,
            session_id: sessionId,
            kind: 'input',
            status: 'completed',
            submitted_at_ms: at,
            updated_at_ms: at,
            started_at_ms: at,
            finished_at_ms: at + 1000,
            position: turn,
            source_kind: 'window',
            route_id: 'openrouter',
            model: 'openai/gpt-5.4-mini',
            generation: {},
            input: [],
            user_message_id: parent,
            assistant_message_id: messageId,
            key_hash: runId,
            fingerprint: runId,
            receipt: {
              route_id: 'openrouter',
              model: 'openai/gpt-5.4-mini',
              prompt_tokens: 400,
              completion_tokens: 80,
              cost: { basis: 'reported', usd: 0.0004 },
            },
          })
        }
        store.messages.add({
          message_id: messageId,
          session_id: sessionId,
          parent_id: parent,
          role: isAnswer ? 'assistant' : 'user',
          parts: [{ kind: 'text', text: text + rare }],
          created_at_ms: at,
          run_id: runId,
        })
        if (isAnswer) store.messages.settle(messageId)
        parent = messageId
      }
      store.sessions.update(sessionId, { head_message_id: parent, updated_at_ms: at })
    })
  }
  for (let from = 0; from < (plan.assets ?? 0); from += 1_000) {
    store.transaction(() => {
      for (let at = from; at < Math.min(from + 1_000, plan.assets ?? 0); at++) addAsset(root, store, at, next)
    })
  }
  store.close()
}

/** Two pictures for each document; with its file, so that the look after the start finds nothing wrong. */
function addAsset(root: string, store: ReturnType<typeof openStore>, at: number, next: () => number): void {
  const pick = () => words[Math.floor(next() * words.length)] ?? ''
  const bytes = Buffer.from(`asset ${at}`)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const folder = join(root, 'assets', sha256.slice(0, 2))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(join(folder, sha256), bytes)
  const isPicture = at % 3 > 0
  const media_type = isPicture ? 'image/png' : 'text/plain'
  const rare = at % 200 === 0 ? ` zanzibar${at % 7}` : ''
  const text = Array.from({ length: 120 }, pick).join(' ') + rare
  store.assets.add({
    asset_id: `asset_${String(at).padStart(8, '0')}` as AssetId,
    file_name: `${pick()}-${pick()}-${at}.${isPicture ? 'png' : 'txt'}`,
    created_at_ms: 1_700_000_000_000 + at * 1_000,
    raw: { sha256, byte_length: bytes.length, media_type },
    source_media_type: media_type,
    source_byte_length: bytes.length,
    ...(isPicture ? { width: 800, height: 600 } : { search_text: text }),
  })
}
