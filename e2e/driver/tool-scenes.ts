import type { AnyEvent } from '@contract/events'
import type { MessageId, RunId } from '@contract/ids'
import type { AssetRef, Message, Part } from '@contract/message'
import type { Approval } from '@contract/permissions'
import type { RunView } from '@contract/runs'

type Call = Extract<Part, { kind: 'tool_call' }>

const call = (call_id: string, name: string, input: object, more: Partial<Call>): Call => ({
  kind: 'tool_call',
  call_id,
  name,
  arguments: JSON.stringify(input),
  state: 'done',
  ...more,
})

/** Where in a chat a scene goes on. */
export interface Stage {
  readonly session_id: Message['session_id']
  readonly parent: MessageId
}

const messageOn = (
  { session_id, parent }: Stage,
  id: string,
  role: Message['role'],
  parts: readonly Part[],
  more: Partial<Message> = {},
): Message => ({
  message_id: id as MessageId,
  session_id,
  parent_id: parent,
  role,
  parts,
  created_at_ms: Date.now(),
  run_id: `run-${id}` as RunId,
  seen: 1,
  versions: [id as MessageId],
  ...more,
})

const runOf = (message: Message, user: MessageId, more: Partial<RunView>): RunView => ({
  run_id: message.run_id ?? ('run' as RunId),
  session_id: message.session_id,
  kind: 'input',
  status: 'running',
  submitted_at_ms: Date.now(),
  updated_at_ms: Date.now(),
  request: { source_kind: 'window', text_preview: '', provider: 'openrouter', model: 'openai/gpt-5.4-mini' },
  user_message_id: user,
  assistant_message_id: message.message_id,
  ...more,
})

/** An answer that has used tools, well and badly, and waits for two decisions. */
export function waitingScene(stage: Stage, picture: AssetRef): readonly AnyEvent[] {
  const question: Part = { kind: 'text', text: 'When is low tide in Lisbon, and can you show me the shore?' }
  const user = messageOn(stage, 'scene-u', 'user', [question])
  const fetches = [
    call(
      'f1',
      'web_fetch',
      { url: 'https://tides.example.com/lisbon/2026-11-29?units=metric' },
      { state: 'waiting' },
    ),
    call(
      'g2',
      'generate_image',
      { prompt: 'The shore at low tide, seen from above, in watercolour', count: 2 },
      { state: 'waiting' },
    ),
  ]
  const parts: readonly Part[] = [
    { kind: 'text', text: 'I’ll look the tides up and draw the shore.' },
    call(
      's1',
      'web_search',
      { query: 'low tide Lisbon 29 November 2026' },
      { facts: { duration_ms: 840 }, output: '{"results":[]}' },
    ),
    call(
      'g1',
      'generate_image',
      { prompt: 'The shore of Lisbon at low tide', size: '1536x1024' },
      {
        facts: {
          started_at_ms: Date.now() - 9_000,
          duration_ms: 8_400,
          route_id: 'openrouter',
          model: 'openai/gpt-5-image-mini',
          cost_usd: 0.0421,
          assets: [picture],
        },
        output: '{"assets":[]}',
      },
    ),
    call(
      'x1',
      'web_fetch',
      { url: 'http://192.168.0.1/tides' },
      {
        state: 'failed',
        output: 'Error: This address is inside a private network, so it is not opened.',
      },
    ),
    call(
      'x2',
      'edit_image',
      { prompt: 'Make it evening' },
      { state: 'failed', facts: { outcome: 'unknown' } },
    ),
    ...fetches,
  ]
  const answer = messageOn({ ...stage, parent: user.message_id }, 'scene-a', 'assistant', parts, {
    status: 'waiting_for_approval',
    run_id: 'run-scene-a' as RunId,
  })
  const run_id = 'run-scene-a' as RunId
  const pending_approvals = fetches.map(({ call_id, name, ...rest }): Approval => ({
    approval_id: `approval-${call_id}`,
    run_id,
    session_id: stage.session_id,
    message_id: answer.message_id,
    call_id,
    tool_name: name,
    tool_class: name === 'web_fetch' ? 'read' : 'media',
    arguments: rest.arguments,
    requested_at_ms: Date.now(),
    status: 'pending',
  }))
  const run = runOf(answer, user.message_id, { status: 'waiting_for_approval', pending_approvals })
  return [
    { type: 'message.added', message: { ...user, run_id } },
    { type: 'message.added', message: answer },
    { type: 'run.changed', run },
  ]
}

/** Pictures that somebody asked for, one of them done. */
export function drawingScene(stage: Stage): readonly AnyEvent[] {
  const words = 'Two posters for a film about the tides'
  const user = messageOn(stage, 'draw-u', 'user', [{ kind: 'text', text: words }])
  const input = { operation: 'generate', prompt: words, count: 2, size: '1024x1536' }
  const drawing = call('d1', 'generate_image', input, {
    state: 'running',
    direct: true,
    facts: { started_at_ms: Date.now() - 12_000 },
  })
  const answer = messageOn({ ...stage, parent: user.message_id }, 'draw-a', 'assistant', [drawing], {
    status: 'running',
  })
  const run = runOf(answer, user.message_id, { kind: 'image', progress: 'running_tools' })
  return [
    { type: 'message.added', message: { ...user, run_id: run.run_id } },
    { type: 'message.added', message: answer },
    { type: 'run.changed', run },
    {
      type: 'call.progress',
      run_id: run.run_id,
      session_id: stage.session_id,
      message_id: answer.message_id,
      call_id: 'd1',
      stage: 'generating',
      done: 1,
      all: 2,
    },
  ]
}
