/** SHA-256 in hex of a text's UTF-8 bytes. */
export type Sha256 = (text: string) => string

/** A line of an event file: its fields, then the running hash over everything up to it. */
export type ChainedLine = Readonly<Record<string, unknown>> & { readonly chain: string }

/** Where the chain of a file begins: no line can be moved to another file. */
export const chainStart = (sha256: Sha256, runId: string, artifactId: string): string =>
  sha256(`${runId}/${artifactId}`)

/** The line with the hash that ties it to all lines before. */
export function chained(
  sha256: Sha256,
  before: string,
  fields: Readonly<Record<string, unknown>>,
): ChainedLine {
  return { ...fields, chain: sha256(`${before}\n${JSON.stringify(fields)}`) }
}

/** The first line (from 1) that does not follow from those before; undefined when all do. */
export function brokenAt(
  sha256: Sha256,
  start: string,
  lines: readonly Readonly<Record<string, unknown>>[],
): number | undefined {
  let before = start
  for (const [at, line] of lines.entries()) {
    const { chain, ...fields } = line
    if (chained(sha256, before, fields).chain !== chain) return at + 1
    before = chain
  }
  return undefined
}
