/**
 * The process that talks to the OS keychain. A locked or missing keyring blocks it for ever, and then it is killed.
 * A bundle entry of its own; imports nothing of the project at run time, so that plain Node can run this file too.
 */
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import type { KeychainAnswer, KeychainQuestion } from '../ports/keychain-child'

type Keytar = typeof import('keytar')
type Trouble = Omit<Extract<KeychainAnswer, { reason: string }>, 'id'>

/** Electron gives a utility process this in place of Node's channel. */
interface ParentPort {
  on(type: 'message', listener: (event: { readonly data: KeychainQuestion }) => void): void
  postMessage(answer: KeychainAnswer): void
}

const run = promisify(execFile)
const parentPort = (process as { readonly parentPort?: ParentPort }).parentPort

if (parentPort) {
  parentPort.on('message', ({ data }) => void answer(data).then((said) => parentPort.postMessage(said)))
} else {
  process.on(
    'message',
    (question: KeychainQuestion) => void answer(question).then((said) => process.send?.(said)),
  )
  // A blocked call holds a normal exit back.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
}

async function answer(question: KeychainQuestion): Promise<KeychainAnswer> {
  const { id } = question
  let keytar: Keytar
  try {
    keytar = createRequire(import.meta.url)('keytar') as Keytar
  } catch (error) {
    return { id, reason: 'no_library', text: textOf(error) }
  }
  try {
    const refused = question.op === 'probe' ? await askSecretService() : undefined
    if (refused) return { id, ...refused }
    const value = await carryOut(keytar, question)
    // A password window that could not open, or was closed, looks like an entry that is not there.
    const hidden = value || question.op === 'probe' ? undefined : await askSecretService()
    return hidden ? { id, ...hidden } : { id, value }
  } catch (error) {
    // The library's words differ from desktop to desktop; what the service says of itself does not.
    return { id, ...((await askSecretService()) ?? { reason: 'refused', text: textOf(error) }) }
  }
}

function carryOut(
  keytar: Keytar,
  { op, service, account, secret }: KeychainQuestion,
): Promise<string | boolean | null> {
  if (op === 'set') return keytar.setPassword(service, account, secret ?? '').then(() => true)
  if (op === 'delete') return keytar.deletePassword(service, account)
  // A probe looks up an account that nobody has: nothing to unlock, so nothing prompts.
  return keytar.getPassword(service, account)
}

const place = ['org.freedesktop.secrets', '/org/freedesktop/secrets/aliases/default'] as const
const ask = ['org.freedesktop.DBus.Properties.Get', 'org.freedesktop.Secret.Collection', 'Locked'] as const
/** Whichever of these a desktop has: they can tell a locked keyring without opening a password window. */
const tools = [
  [
    'gdbus',
    'call',
    '--session',
    '--timeout',
    '2',
    '--dest',
    place[0],
    '--object-path',
    place[1],
    '--method',
    ...ask,
  ],
  [
    'dbus-send',
    '--session',
    '--print-reply',
    '--reply-timeout=2000',
    `--dest=${place[0]}`,
    place[1],
    ask[0],
    `string:${ask[1]}`,
    `string:${ask[2]}`,
  ],
] as const

/** Linux only: what is wrong with the Secret Service, or undefined when nothing is or nobody can tell. */
async function askSecretService(): Promise<Trouble | undefined> {
  if (process.platform !== 'linux') return undefined
  for (const [tool, ...args] of tools) {
    try {
      const { stdout } = await run(tool, args, { timeout: 2_500, env: { ...process.env, LC_ALL: 'C' } })
      return /\btrue\b/.test(stdout) ? { reason: 'locked', text: 'the default keyring is locked' } : undefined
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue
      const text = saidBy(error)
      const isUnmade =
        /UnknownObject|UnknownMethod|UnknownInterface|[Nn]o such (?:object|interface)|does not exist/.test(
          text,
        )
      return isUnmade && !/ServiceUnknown/.test(text)
        ? { reason: 'no_keyring', text }
        : { reason: 'refused', text }
    }
  }
  return undefined
}

/** What a tool said; its command line, which the error's message holds as well, has the word `Locked` in it. */
function saidBy(error: unknown): string {
  const { stderr } = error as { readonly stderr?: unknown }
  return typeof stderr === 'string' ? stderr.slice(0, 500) : ''
}

const textOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 500)
