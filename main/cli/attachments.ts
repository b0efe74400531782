import { basename } from 'node:path'
import type { AssetView } from '@contract/assets'
import { fault } from '@contract/fault'
import type { Command } from 'commander'
import type { GivenRun } from './follow-run'
import { Refused, type Session } from './session'
import type { Terminal } from './terminal'

/** What goes with a message: a file of this computer, or an asset that is kept already. */
export type Attached = { readonly file: string } | { readonly asset: string }

export const helpOnAttachments = `
Files and assets go after the words, in the order in which they are given. A
file is kept first, once, however often it is sent: "kheish assets list".
`

/** `--file` and `--asset`, each as often as one likes; answers what was said, in one order. */
export function addAttachFlags(command: Command): () => readonly Attached[] {
  const said: Attached[] = []
  command
    .option(
      '--file <file>',
      'send this file too, - for standard input; may be given several times',
      (file) => {
        said.push({ file })
      },
    )
    .option('--asset <asset>', 'send this asset too; may be given several times', (asset) => {
      said.push({ asset })
    })
  return () => said
}

/** The words of a message and what is attached to it. Files are not taken in yet. */
export interface Wording {
  readonly content: string
  readonly attached: readonly Attached[]
}

/** The words of a message: given, or read; with a file or an asset there need be none. Fault: `input_empty`. */
export async function wordingOf(
  terminal: Terminal,
  text: string | undefined,
  attached: readonly Attached[] = [],
): Promise<Wording> {
  const isTaken = attached.some((each) => 'file' in each && each.file === '-')
  if (text === '-' && isTaken)
    throw new Refused(fault('call_refused', 'Standard input can be read once.', {}))
  const isRead = text === '-' || (text === undefined && !isTaken)
  const content = (isRead ? await terminal.readInput() : text) ?? ''
  if (!content.trim() && attached.length === 0)
    throw new Refused(fault('input_empty', 'There is nothing to send.'))
  return { content, attached }
}

/** The same as fields of a request; files are taken in now, and one that is refused keeps all back. */
export async function inputOf(
  terminal: Terminal,
  session: Session,
  { content, attached }: Wording,
): Promise<Pick<GivenRun, 'content' | 'input_items'>> {
  if (attached.length === 0) return { content }
  const items: NonNullable<GivenRun['input_items']> = []
  if (content.trim()) items.push({ type: 'text', text: content })
  for (const each of attached) {
    const asset_id = 'asset' in each ? each.asset : (await takeIn(terminal, session, each.file)).asset_id
    items.push({ type: 'asset_reference', asset_id })
  }
  return { input_items: items }
}

/** Takes a file in; `-` is standard input. Faults as of `assets.import`, `folder_refused`, `asset_unreadable`. */
export async function takeIn(
  terminal: Terminal,
  session: Session,
  file: string,
  { name, media_type }: { readonly name?: string; readonly media_type?: string } = {},
): Promise<AssetView> {
  const declared = media_type === undefined ? {} : { media_type }
  if (file !== '-') {
    const path = terminal.resolve(file)
    return session.assets.import({ file_name: name ?? basename(path), ...declared, path })
  }
  const bytes = await terminal.readBytes()
  if (!bytes) throw new Refused(fault('asset_empty', 'Nothing came from standard input.'))
  // Pictures and sound are known by their bytes; what is left is text, if it is one.
  return session.assets.import({ file_name: name ?? 'stdin.txt', ...declared, bytes })
}
