import type { AssetId } from '@contract/ids'
import type { Part } from '@contract/message'

export type ToolCallPart = Extract<Part, { kind: 'tool_call' }>

/** The tools that have words of their own. */
export const knownTools = [
  'generate_image',
  'edit_image',
  'generate_audio',
  'emit_output',
  'web_search',
  'web_fetch',
] as const
export type KnownTool = (typeof knownTools)[number]

/** What a call is about, as far as its input can be read by now. */
export interface CallGist {
  readonly tool: KnownTool | 'other'
  /** The words, the search or the address it is about; may be empty. */
  readonly subject: string
  /** Of an address. */
  readonly host?: string
  /** Pictures asked for. */
  readonly count: number
  /** Width by height of the pictures asked for. */
  readonly aspect?: number
  readonly sources: readonly AssetId[]
}

export const toolOf = (name: string): KnownTool | 'other' =>
  knownTools.find((tool) => tool === name) ?? 'other'

export function readCall({ name, ...call }: Pick<ToolCallPart, 'name' | 'arguments'>): CallGist {
  const tool = toolOf(name)
  const input = inputOf(call.arguments)
  const text = (field: string): string => (typeof input[field] === 'string' ? input[field] : '')
  const url = tool === 'web_fetch' ? text('url') : ''
  const host = hostOf(url)
  const aspect = aspectOf(input)
  return {
    tool,
    subject: tool === 'web_fetch' ? url : text(subjectField[tool] ?? 'prompt') || text('content'),
    ...(host === undefined ? {} : { host }),
    count:
      typeof input['count'] === 'number' && input['count'] >= 1 ? Math.min(4, Math.floor(input['count'])) : 1,
    ...(aspect === undefined ? {} : { aspect }),
    sources: idsOf(input['image_asset_ids'] ?? input['source_asset_ids']),
  }
}

const subjectField: Readonly<Partial<Record<CallGist['tool'], string>>> = {
  web_search: 'query',
  generate_audio: 'input',
}

type Input = Readonly<Record<string, unknown>>

/** Arguments grow letter by letter: until they are whole there is nothing to read. */
function inputOf(text: string): Input {
  try {
    const input: unknown = JSON.parse(text)
    return isObject(input) ? input : {}
  } catch {
    return {}
  }
}

const isObject = (value: unknown): value is Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const idsOf = (value: unknown): readonly AssetId[] =>
  Array.isArray(value) ? value.filter((id): id is AssetId => typeof id === 'string') : []

const hostOf = (url: string): string | undefined =>
  url === '' ? undefined : (URL.parse(url)?.host.replace(/^www\./, '') ?? undefined)

/** `1536x1024`, `square`, or an aspect such as `16:9`, at the top or among the options. */
function aspectOf(input: Input): number | undefined {
  const options = isObject(input['options']) ? input['options'] : {}
  const said = [input['aspect_ratio'], options['aspect_ratio'], input['size']]
  for (const value of said) {
    if (value === 'square') return 1
    const [, width, height] = (typeof value === 'string' && /^(\d{1,5})[x:](\d{1,5})$/.exec(value)) || []
    const aspect = Number(width) / Number(height)
    if (aspect > 0 && Number.isFinite(aspect)) return aspect
  }
  return undefined
}
