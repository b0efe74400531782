import { homedir, hostname } from 'node:os'
import { createPlaces } from './core/redaction/places'
import { createScrubber } from './core/redaction/scrub'
import { shortestToken } from './core/redaction/tokens'
import { readOwnTokens } from './evidence/own-tokens'
import type { DaemonPorts } from './ports/daemon'
import { systemFiles } from './system/files'
import { systemDigest } from './system/hash'

/** What leaves this daemon in no line: keys, the owner's own words, and where on this computer things are. */
export async function createRedaction(stateRoot: string, env: DaemonPorts['env']) {
  const scrubber = createScrubber(systemDigest)
  const places = createPlaces()
  places.learn(stateRoot, '<state root>')
  for (const home of [env['HOME'], env['USERPROFILE'], homedir()]) places.learn(home, '<home>')
  places.learn(hostname(), '<host>')
  const environmentKey = env['OPENROUTER_API_KEY']
  if (environmentKey) scrubber.learn(environmentKey)
  /** Undefined when they can't be read. */
  const tokens = await readOwnTokens(systemFiles, env)
  for (const token of tokens ?? []) scrubber.learn(token, shortestToken)
  const scrub = (value: unknown): unknown => scrubber.scrubValue(value, places.hide)
  return { scrubber, places, tokens, scrub }
}
