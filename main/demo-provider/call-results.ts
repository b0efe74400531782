import { textOf, type AskedMessage } from './respond'

/** Tools that make what is then shown. */
const makers: ReadonlySet<string> = new Set(['generate_image', 'edit_image', 'generate_audio'])

interface Result {
  readonly name: string
  readonly output: string
}
type Fields = Readonly<Record<string, unknown>>

/**
 * What follows the results that just came: pictures are emitted, pages are told of, errors are said. Undefined: no
 * result came.
 */
export function tellResults(
  messages: readonly AskedMessage[],
  offered: ReadonlySet<string>,
): { readonly text: string } | { readonly name: string; readonly input: object } | undefined {
  const results = newestResults(messages)
  if (results.length === 0) return undefined
  const pictures = results.flatMap(({ output }) => assetsIn(output))
  const drew = results.filter(({ name }) => makers.has(name))
  if (drew.length > 0 && pictures.length > 0 && offered.has('emit_output')) {
    const said = drew.some(({ name }) => name === 'edit_image') ? 'Here it is, changed.' : 'Here it is.'
    const shown = pictures.map((asset_id) => ({ type: 'asset', asset_id }))
    return { name: 'emit_output', input: { content: said, parts: [{ type: 'text', text: said }, ...shown] } }
  }
  return { text: results.map(sentenceFor).join('\n\n') }
}

/** The results at the end of a conversation, each with the name of its call. */
function newestResults(messages: readonly AskedMessage[]): readonly Result[] {
  const first = messages.findLastIndex(({ role }) => role !== 'tool') + 1
  const calls = messages.flatMap(({ tool_calls }) =>
    Array.isArray(tool_calls) ? (tool_calls as Fields[]) : [],
  )
  return messages.slice(first).map(({ tool_call_id, content }) => {
    const call = calls.findLast(({ id }) => id === tool_call_id)
    return { name: String((call?.['function'] as Fields | undefined)?.['name']), output: textOf(content) }
  })
}

function read(output: string): Fields {
  try {
    const value: unknown = JSON.parse(output)
    return typeof value === 'object' && value !== null ? (value as Fields) : {}
  } catch {
    return {}
  }
}

const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? (value as Fields[]) : [])

/** The pictures that the last tool to make any made. */
export const newestPictures = (messages: readonly AskedMessage[]): readonly string[] =>
  messages
    .filter(({ role }) => role === 'tool')
    .map(({ content }) => assetsIn(textOf(content)))
    .findLast((ids) => ids.length > 0) ?? []

const assetsIn = (output: string): readonly string[] =>
  listOf(read(output)['assets']).flatMap(({ asset_id }) => (typeof asset_id === 'string' ? [asset_id] : []))

function sentenceFor({ name, output }: Result): string {
  const fields = read(output)
  const results = listOf(fields['results'])
  if (name === 'emit_output' && fields['error'] === undefined)
    return 'Say what should be different, and I’ll change it.'
  if (name === 'web_search' && results.length > 0) {
    const lines = results.slice(0, 5).map(({ title, url }) => `- [${String(title)}](${String(url)})`)
    return `I found ${results.length}:\n\n${lines.join('\n')}`
  }
  if (name === 'web_fetch' && typeof fields['body'] === 'string') {
    const words = fields['body']
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
    return `The page begins like this:\n\n> ${words.slice(0, 300)}`
  }
  if (assetsIn(output).length > 0) return 'The picture is in the library.'
  const said = fields['error'] ?? fields['detail'] ?? output
  const words = typeof said === 'string' ? said : JSON.stringify(said)
  return `I called \`${name}\`, and this came back:\n\n> ${words.replace(/\s+/g, ' ').trim().slice(0, 300)}`
}
