import { observedIn } from '@contract/attached'
import type { AssetId } from '@contract/ids'
import type { AssetRef, Part } from '@contract/message'
import type { OutputPart } from '@contract/outputs'
import { normaliseOutput, type Output } from '../core/outputs/normalise'
import { readFlag, readObject, readObjects, readText, readTexts } from '../core/tools/read-input'
import { ToolError } from '../core/tools/tool-error'
import type { Clock } from '../ports/clock'
import type { Ids } from '../ports/ids'
import type { RunRecord, Store } from '../ports/store'
import type { Tool } from '../ports/tools'

interface Needs {
  readonly store: Pick<Store, 'assets' | 'outputs' | 'messages' | 'observations'>
  readonly clock: Clock
  readonly ids: Ids
}

/** `emit_output`: the only way in which something a tool made is shown (contract 9.5, 12). */
export const emitOutput = (on: Needs): Tool => ({
  view: {
    name: 'emit_output',
    description:
      'Shows text and assets to the user, in order. Pictures that a tool made are seen only when you show them here: give their asset ids as parts.',
    tool_class: 'media',
    parameters: {
      type: 'object',
      properties: {
        content: { type: 'string', description: 'Text, when no part is text.' },
        parts: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              type: { type: 'string', enum: ['text', 'asset'] },
              text: { type: 'string' },
              asset_id: { type: 'string' },
            },
            required: ['type'],
          },
        },
        artifact_ids: { type: 'array', items: { type: 'string' } },
        include_artifacts_inline: { type: 'boolean', default: false },
      },
    },
    parallel: false,
    timeout_ms: 30_000,
  },
  async run(input, { run }) {
    const given = readObject(input)
    const output = normaliseOutput({
      content: readText(given, 'content') ?? '',
      parts: readObjects(given, 'parts').map((part) => readPart(on, part)),
      artifacts: readTexts(given, 'artifact_ids').map((id) => find(on, id)),
      include_artifacts_inline: readFlag(given, 'include_artifacts_inline') ?? false,
    })
    if (!output) throw new ToolError('There is nothing to show: give content, parts or artifact_ids.')
    on.store.outputs.add({
      output_id: on.ids.next('output'),
      session_id: run.session_id,
      run_id: run.run_id,
      plugin: mayBeDelivered(on.store, run) ? 'desktop' : 'daemon',
      address: run.session_id,
      ...output,
      source_kind: 'emit_output',
      created_at_ms: on.clock.now(),
    })
    return { output: { ...output }, shows: partsOf(output) }
  },
})

/** Not where it was given what a source keeps on this daemon (contract 11.4); one that is gone says no. */
function mayBeDelivered({ messages, observations }: Needs['store'], { user_message_id }: RunRecord): boolean {
  const parts = (user_message_id && messages.get(user_message_id)?.parts) || []
  return observedIn(parts).every(({ source_id }) => observations.source(source_id)?.allow_output_delivery)
}

function readPart(on: Needs, part: Readonly<Record<string, unknown>>): OutputPart {
  const type = readText(part, 'type')
  if (type === 'text') return { type, text: readText(part, 'text') ?? '' }
  if (type !== 'asset') throw new ToolError('A part’s type must be text or asset.')
  return { type: 'attachment', attachment: find(on, readText(part, 'asset_id') ?? '') }
}

function find({ store }: Needs, id: string): AssetRef {
  const asset = store.assets.ref(id.trim() as AssetId)
  if (asset) return asset
  throw new ToolError(`There is no asset ${JSON.stringify(id)}. Nothing was shown.`)
}

const partsOf = ({ parts }: Output): readonly Part[] =>
  parts.map((part) =>
    part.type === 'text'
      ? { kind: 'text', text: part.text, emitted: true }
      : { kind: 'attachment', asset: part.attachment, emitted: true },
  )
