import { randomUUID } from 'node:crypto'
import { extname } from 'node:path'
import type { GivenOf } from '@contract/define'
import type { DaemonEvent } from '@contract/events'
import { fault } from '@contract/fault'
import type { imageCalls } from '@contract/images'
import type { AssetRef, Message } from '@contract/message'
import type { RunView } from '@contract/runs'
import { takeIn } from './attachments'
import { exitCodeOfRun, exitCodes } from './exit-code'
import { isOver } from './follow-run'
import { optionsOf, type OrderFlags } from './image-flags'
import { openChat } from './input-command'
import { faultLine, receiptLine, toJson } from './print'
import { Refused, refuseUnready, type Session } from './session'
import type { Terminal } from './terminal'
import { untilInterrupted } from './until-interrupted'

/** What is to be made, as it was typed. */
export interface Wish {
  readonly prompt: string
  /** Files or asset ids. */
  readonly sources?: readonly string[]
  readonly mask?: string
  readonly feather?: number
}
type Given = GivenOf<(typeof imageCalls)['images.submit']>

/** Hands the order in, follows its run to the end, and says what was made. Answers the exit code. */
export async function makeImages(
  terminal: Terminal,
  session: Session,
  wish: Wish,
  flags: OrderFlags,
): Promise<number> {
  await refuseUnready(session)
  const order = await orderOf(terminal, session, wish, flags)
  const chat = await openChat(session, flags.session)
  const say = flags.json ? () => undefined : terminal.err
  say(`session ${chat.session_id}\n`)
  const { run } = await session.ask('images.submit', {
    session_id: chat.session_id,
    idempotency_key: randomUUID(),
    ...order,
  })
  if (run.status === 'queued' && session.isOwn) await refuseQueued(session, run)
  const code = await follow(terminal, session, run, say)
  if (code !== exitCodes.ok) return code
  const over = await session.ask('runs.output', { run_id: run.run_id })
  return tell(terminal, session, over, flags)
}

async function orderOf(
  terminal: Terminal,
  session: Session,
  { prompt, sources = [], mask, feather }: Wish,
  flags: OrderFlags,
): Promise<Omit<Given, 'session_id' | 'idempotency_key'>> {
  const { count, size, model, provider } = flags
  const split = await session.ask('runtime.parseSelector', { model, provider })
  const options = optionsOf(flags)
  const mask_base64 = mask === undefined ? undefined : await readMask(terminal, mask)
  const source_asset_ids: string[] = []
  for (const source of sources) {
    const isAsset = /^asset_[\w-]+$/.test(source)
    source_asset_ids.push(isAsset ? source : (await takeIn(terminal, session, source)).asset_id)
  }
  return {
    prompt,
    ...(count === undefined ? {} : { count }),
    ...(size === undefined ? {} : { size }),
    ...(options ? { options } : {}),
    ...(split.provider === undefined ? {} : { provider: split.provider }),
    ...(split.model === undefined ? {} : { model: split.model }),
    source_asset_ids,
    ...(mask_base64 === undefined
      ? {}
      : { region: { mask_base64, ...(feather === undefined ? {} : { feather_px: feather }) } }),
  }
}

async function readMask(terminal: Terminal, file: string): Promise<string> {
  const bytes = await terminal.readFileBytes(terminal.resolve(file)).catch((cause: unknown) => {
    throw new Refused(fault('asset_unreadable', 'The mask could not be read.'), { cause })
  })
  return Buffer.from(bytes).toString('base64')
}

/** A daemon of this command's own starts nothing that others left waiting, and nothing overtakes it. */
async function refuseQueued(session: Session, { run_id }: RunView): Promise<never> {
  await session.ask('runs.cancel', { run_id })
  throw new Refused(
    fault(
      'session_busy',
      'Other pictures still wait to be made. Open the app or start "kheish serve", and try again.',
    ),
  )
}

async function follow(
  terminal: Terminal,
  session: Session,
  { run_id, session_id }: RunView,
  say: (text: string) => void,
): Promise<number> {
  let told = ''
  const concerns = (event: DaemonEvent): boolean => {
    if (event.type === 'call.progress' && event.run_id === run_id) {
      const { stage, done = 0, all = 1 } = event
      const line = `${stage}${all > 1 ? ` ${String(Math.min(done + 1, all))} of ${String(all)}` : ''}\n`
      if (line !== told) say(line)
      told = line
    }
    return 'run' in event && event.run?.run_id === run_id
  }
  const read = async () => isOver(await session.ask('runs.get', { run_id }))
  const code = await untilInterrupted(terminal, session, read, concerns, session_id)
  if (code === exitCodes.cancelled) {
    // It may have ended at that very moment.
    await session.ask('runs.cancel', { run_id }).catch(() => undefined)
  }
  return code
}

async function tell(
  terminal: Terminal,
  session: Session,
  { run, message }: { readonly run: RunView; readonly message: Message | null },
  { out, json }: OrderFlags,
): Promise<number> {
  const code = exitCodeOfRun(run)
  const assets = (message?.parts ?? []).flatMap((part) => (part.kind === 'attachment' ? [part.asset] : []))
  const files = out === undefined ? [] : await save(terminal, session, assets, out)
  if (json) {
    terminal.out(toJson({ session_id: run.session_id, run, assets, ...(out === undefined ? {} : { files }) }))
    if (run.error && run.status !== 'cancelled') terminal.err(toJson(run.error))
    return code
  }
  for (const [at, { asset_id }] of assets.entries()) terminal.out(`${files[at] ?? asset_id}\n`)
  if (run.receipt) terminal.err(receiptLine(run.receipt))
  if (run.error) terminal.err(faultLine(run.error))
  else if (run.status === 'interrupted') terminal.err('kheish: the run was interrupted\n')
  return code
}

/** Answers the paths, one for each picture. */
async function save(
  terminal: Terminal,
  session: Session,
  assets: readonly AssetRef[],
  out: string,
): Promise<readonly string[]> {
  const given = terminal.resolve(out)
  const ending = extname(given)
  const stem = ending === '' ? given : given.slice(0, -ending.length)
  const files: string[] = []
  for (const [at, { asset_id, media_type }] of assets.entries()) {
    const own = ending || (media_type === 'image/jpeg' ? '.jpg' : '.png')
    const file = `${stem}${assets.length > 1 ? `-${String(at + 1)}` : ''}${own}`
    const { stream } = await session.assets.open(asset_id, 'raw')
    await terminal.writeFile(file, stream).catch((cause: unknown) => {
      throw new Refused(
        fault('call_refused', 'The picture is kept, but its file could not be written.', {}),
        { cause },
      )
    })
    files.push(file)
  }
  return files
}
