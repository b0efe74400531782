import { randomUUID } from 'node:crypto'

/**
 * Tells the terminal where something unforeseen happened and returns the reference that the fault carries. The
 * message stays out: nobody knows what is in it. What happens inside the daemon goes to the daemon's own log.
 */
export function reportSurprise(error: unknown): string {
  const ref = `ref_${randomUUID()}`
  const frames =
    error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : []
  const name = error instanceof Error ? error.name : typeof error
  process.stderr.write(`kheish: surprise ${ref} ${name}\n${frames.slice(0, 12).join('\n')}\n`)
  return ref
}
