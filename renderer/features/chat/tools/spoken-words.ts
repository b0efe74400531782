import type { Part } from '@contract/message'
import { readCall, type ToolCallPart } from './read-call'

/** What a call had spoken; undefined for anything that is no speech. */
export function spokenWords(call: ToolCallPart): string | undefined {
  const { tool, subject } = readCall(call)
  return tool === 'generate_audio' && subject !== '' ? subject : undefined
}

/** The same by the recording that an answer shows. */
export function wordsOf(parts: readonly Part[], assetId: string): string | undefined {
  const call = parts.find(
    (part) =>
      part.kind === 'tool_call' && part.facts?.assets?.some(({ asset_id }) => asset_id === assetId) === true,
  )
  return call?.kind === 'tool_call' ? spokenWords(call) : undefined
}
