import type { InputOf } from '@contract/define'
import { fault } from '@contract/fault'
import type { KeyInfo, secretCalls, SecretView } from '@contract/secrets'
import { Failure } from '../core/failure'
import { looksLikeKey } from '../core/redaction/secret-shapes'
import { askForKey } from './ask-for-key'
import type { listSecrets } from './list-secrets'
import type { World } from './world'

type Input = InputOf<(typeof secretCalls)['secrets.set']>
type Ports = Pick<World, 'keyring' | 'driver' | 'routing' | 'env' | 'files' | 'clock' | 'learn' | 'phase'> & {
  readonly secrets: ReturnType<typeof listSecrets>
}

/** `secrets.set`: creates or rotates a slot; with `verify` nothing is stored unless the provider knows the key. */
export const setSecret =
  (on: Ports) =>
  async (input: Input): Promise<{ readonly secret: SecretView; readonly key?: KeyInfo }> => {
    // Names are shown and stored in clear text.
    if (looksLikeKey(input.slot_id)) throw invalid('This name looks like a key. Give the slot another one.')
    const secret = await readSource(on, input.source)
    checkSecret(secret, input.mode)
    on.learn(secret)
    const isAskable = input.verify && input.provider === 'openrouter'
    const key = isAskable ? await verified(on, input.slot_id, secret) : undefined
    const { slot_id, provider, mode } = input
    await on.keyring.write({ slot_id, provider, mode, updated_at_ms: on.clock.now() }, secret, input.keep)
    on.phase.recheck()
    on.secrets.publish()
    return { secret: await on.secrets.get(input), ...(key ? { key } : {}) }
  }

/** A key that the provider refuses is `secret_rejected`; other trouble of the provider is told as it is. */
async function verified(on: Ports, slotId: string, secret: string): Promise<KeyInfo> {
  try {
    return await askForKey(on, slotId, secret)
  } catch (error) {
    if (
      error instanceof Failure &&
      error.fault.code === 'provider_error' &&
      error.fault.kind === 'key_refused'
    ) {
      throw new Failure(
        fault(
          'secret_rejected',
          'OpenRouter does not know this key. Nothing was stored; check it and try again.',
        ),
        { cause: error },
      )
    }
    throw error
  }
}

/** A file loses one trailing line ending and nothing else; `checkSecret` refuses what a key can't have. */
async function readSource({ env, files }: Ports, source: Input['source']): Promise<string> {
  switch (source.kind) {
    case 'inline':
      return source.value
    case 'environment': {
      const value = Object.hasOwn(env, source.name) ? env[source.name] : undefined
      if (value === undefined) throw invalid('This environment variable is not set.')
      return value
    }
    case 'file':
      return withoutLineEnd(await readFile(files, source.path))
  }
}

async function readFile(files: World['files'], path: string): Promise<string> {
  try {
    return await files.readText(path)
  } catch (error) {
    throw new Failure(fault('secret_source_invalid', 'The file with the key could not be read.'), {
      cause: error,
    })
  }
}

/** A key travels in a header: what can't stand there would come back in an error message. */
function checkSecret(secret: string, mode: Input['mode']): void {
  if (secret.trim() === '') throw invalid('The key is blank.')
  if (mode === 'api_key' && !/^[\x21-\x7e]+$/u.test(secret)) {
    throw invalid('The key has a space, a line break or a character that no key has. Copy it again.')
  }
}

const withoutLineEnd = (text: string): string => text.replace(/\r?\n$/u, '')

const invalid = (detail: string) => new Failure(fault('secret_source_invalid', detail))
