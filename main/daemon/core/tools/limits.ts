const mebibyte = 1024 * 1024

/** What calls of tools may take and bring (contract 9.8), and how long a run goes on (contract 6.4). */
export interface ToolLimits {
  /** Bytes of one call's arguments, of its output, and of all that it leaves: output, facts, what it shows. */
  readonly input: number
  readonly output: number
  readonly envelope: number
  /** Milliseconds; a tool's own limit holds where it is shorter. */
  readonly timeout_ms: number
  /** Calls that run at the same time. */
  readonly parallel: number
  /** Of one turn: calls, bytes of output, bytes of all that they leave. */
  readonly calls: number
  readonly turn_output: number
  readonly turn_envelope: number
  /** Requests to the model in one run; 0: as many as it likes. */
  readonly turns: number
}

export const toolLimits: ToolLimits = {
  input: 16 * mebibyte,
  output: 16 * mebibyte,
  envelope: 24 * mebibyte,
  timeout_ms: 180_000,
  parallel: 16,
  calls: 256,
  turn_output: 64 * mebibyte,
  turn_envelope: 96 * mebibyte,
  turns: 500,
}

/** Bytes as people read them, never less than they are. */
export const sizeOf = (bytes: number): string =>
  bytes >= mebibyte ? `${Math.ceil((bytes / mebibyte) * 10) / 10} MiB` : `${bytes} bytes`

/** Bytes of a text in UTF-8; half of a pair counts as the three bytes that stand for it. */
export function byteLength(text: string): number {
  let bytes = text.length
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code < 0x80) continue
    if (code < 0x800) bytes += 1
    else if (isPair(text, at)) {
      bytes += 2
      at += 1
    } else bytes += 2
  }
  return bytes
}

function isPair(text: string, at: number): boolean {
  const second = text.charCodeAt(at + 1)
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (second & 0xfc00) === 0xdc00
}
