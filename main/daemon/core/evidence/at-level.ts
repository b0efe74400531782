import type { DebugLevel } from '@contract/debug-level'
import { marker } from '../redaction/marker'
import type { Digest } from '../redaction/media'

/** Levels that keep something. */
export type KeptLevel = Exclude<DebugLevel, 'off'>

/**
 * What is kept of a value that is already free of credentials: its size and digest (`on`), its shape with every text of
 * the conversation replaced by count and digest (`redacted`), or all of it (`full`).
 */
export function atLevel(level: KeptLevel, kind: string, value: unknown, digest: Digest): unknown {
  if (level === 'full') return value
  if (level === 'redacted') return withBlocks(value, digest)
  const text = JSON.stringify(value)
  return { kind, characters: text.length, sha256: digest(text, 'utf8') }
}

/** Fields whose texts are names and codes, not words of a conversation. Everything else is a block. */
const names = new Set(
  `
  id object model models provider provider_name role type kind format name finish_reason
  native_finish_reason system_fingerprint service_tier effort method url code error_type status driver
  scope state basis cost sort data_collection only order ignore quantizations tool_choice media_type
  sha256 chain ended served_model served_provider fallback_model fallback_models source_kind domain
  input_modalities output_modalities supports modality reasoning_effort artifact_id
  `.match(/\w+/g),
)
const word = /^[\p{L}\p{N} _.:/@+=;,()~*-]{0,200}$/u
const header = /^[\x20-\x7e]{0,500}$/

function withBlocks(value: unknown, digest: Digest, name = '', isHeader = false): unknown {
  if (typeof value === 'string') {
    const isName = (names.has(name) || name.endsWith('_id')) && word.test(value)
    const stays = isName || value === marker || value === '' || (isHeader && header.test(value))
    return stays ? value : { characters: value.length, sha256: digest(value, 'utf8') }
  }
  if (Array.isArray(value)) return value.map((item) => withBlocks(item, digest, name, isHeader))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key,
      withBlocks(field, digest, key, isHeader || name === 'headers' || key === 'headers'),
    ]),
  )
}
