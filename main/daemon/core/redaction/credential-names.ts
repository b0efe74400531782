import { marker } from './marker'

/** Whether a header or a field of this name holds a credential, however it is spelled (contract 15). */
export function namesCredential(name: string): boolean {
  const compact = name.toLowerCase().replace(/[^a-z\d]/g, '')
  return anywhere.test(compact) || atTheEnd.test(compact)
}

const anywhere = /authorization|apikey|cookie|password|passwd|passphrase|privatekey|credential/
/** `access_token` holds one; `prompt_tokens` and `secret_not_found` do not. */
const atTheEnd = /(?:secret|secretkey|secretvalue|token)$/

const hint = /authori[sz]ation|api.?key|cookie|passw|passphrase|secret|private.?key|credential|token/i

/** Takes out the values in `name: value`, `name=value` and `"name": "value"`, also within escaped JSON. */
export function scrubAssignments(text: string): string {
  if (!hint.test(text)) return text
  const names = /([\w-]{1,64})(\\*["'])?\s{0,8}[:=]\s{0,8}/g
  let out = ''
  let copied = 0
  for (let found = names.exec(text); found; found = names.exec(text)) {
    const name = found[1] ?? ''
    if (!namesCredential(name)) continue
    const end = endOfValue(text, names.lastIndex, name)
    const value = text.slice(names.lastIndex, end)
    if (plain.test(value)) continue
    const quote = /^\\*["']/.exec(value)?.[0] ?? found[2] ?? ''
    out += text.slice(copied, names.lastIndex) + quote + marker + quote
    copied = end
    names.lastIndex = end
  }
  return out + text.slice(copied)
}

/** Values that are no secrets. */
const plain = /^(?:true|false|null|undefined|\[redacted\])?$/

function endOfValue(text: string, from: number, name: string): number {
  const shapes = [
    /"(?:[^"\\]|\\[\s\S])*"?/y,
    /'(?:[^'\\]|\\[\s\S])*'?/y,
    // Quoted within a quoted text: up to the same escaped quote.
    /(\\+["'])[\s\S]*?(?:\1|$)/y,
    // Headers may hold blanks and several words.
    /authorization|cookie/i.test(name)
      ? /(?:\[redacted\]|[^\r\n"'\\{}[\]])+/y
      : /(?:\[redacted\]|[^\s"'\\,;&{}[\]()])+/y,
    /\[[^\]]*\]?|\{[^}]*\}?/y,
  ]
  for (const shape of shapes) {
    shape.lastIndex = from
    const value = shape.exec(text)
    if (value) return from + value[0].length
  }
  return from
}
