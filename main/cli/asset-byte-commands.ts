import type { AssetView } from '@contract/assets'
import { fault } from '@contract/fault'
import { byteRoles, type ByteRole } from '@contract/http'
import type { AssetId } from '@contract/ids'
import { Option, type Command } from 'commander'
import { takeIn } from './attachments'
import { exitCodeOf } from './exit-code'
import { sizeOf } from './figures'
import { harmless } from './look'
import { faultLine, toJson } from './print'
import { Refused, type Session } from './session'
import type { Desk, JsonOption } from './show'
import type { Terminal } from './terminal'
import { withDaemon } from './with-daemon'

interface ImportOptions extends JsonOption {
  readonly mediaType?: string
  readonly name?: string
}
interface RawOptions extends JsonOption {
  readonly output?: string
  readonly role: ByteRole
}

/** Files in and out: `kheish assets import`, `kheish assets raw`. */
export function addAssetByteCommands(assets: Command, { terminal, run }: Desk): void {
  assets
    .command('import <file...>')
    .description('take files in and print their ids; - reads standard input')
    .option('--media-type <type>', 'what they are; found out without it')
    .option('--name <name>', 'what it is called, for standard input above all')
    .addHelpText('after', helpOnImport)
    .action((files: readonly string[], options: ImportOptions) =>
      run(() => withDaemon(terminal, (session) => importAll(terminal, session, files, options))),
    )

  assets
    .command('raw <asset>')
    .description('write the bytes of an asset to standard output or a file')
    .option('--output <file>', 'where to; a screen shows text only')
    .addOption(
      new Option('--role <role>', 'the bytes as kept, or what was derived from them')
        .choices([...byteRoles])
        .default('raw'),
    )
    .addHelpText('after', helpOnRaw)
    .action((asset_id: string, options: RawOptions) =>
      run(() => withDaemon(terminal, (session) => writeRaw(terminal, session, asset_id, options))),
    )
}

const helpOnImport = `
Pictures are turned upright, made smaller and freed of what a camera writes into
them; other files are kept as they are. The same content is kept once and has
one id. A file that is refused does not hold up the others.

Examples:
  kheish assets import photo.heic report.pdf
  id=$(git diff | kheish assets import - --name changes.txt)
`
const helpOnRaw = `
Length and digest are checked before the first byte is written.

Examples:
  kheish assets raw asset_… --output photo.jpg
  kheish assets raw asset_… --role text | wc -w
`

/** One after the other, each with its own end; the exit code is that of the first that was refused. */
async function importAll(
  terminal: Terminal,
  session: Session,
  files: readonly string[],
  { json, name, mediaType }: ImportOptions,
): Promise<number> {
  if (name !== undefined && files.length > 1)
    throw new Refused(fault('call_refused', 'Several files can not have one name.', {}))
  const declared = {
    ...(name === undefined ? {} : { name }),
    ...(mediaType ? { media_type: mediaType } : {}),
  }
  const taken: AssetView[] = []
  let code = 0
  for (const file of files) {
    try {
      const asset = await takeIn(terminal, session, file, declared)
      taken.push(asset)
      if (json) continue
      terminal.out(`${asset.asset_id}\n`)
      terminal.err(`${asset.file_name}: ${asset.media_type}, ${sizeOf(asset.byte_length)}\n`)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      terminal.err(json ? toJson({ ...error.fault, file }) : `${file}: ${faultLine(error.fault)}`)
      code ||= exitCodeOf(error.fault)
    }
  }
  if (json) terminal.out(toJson(taken))
  return code
}

async function writeRaw(terminal: Terminal, session: Session, asset_id: string, options: RawOptions) {
  const { output, role, json } = options
  // The daemon checks the id.
  const bytes = await session.assets.open(asset_id as AssetId, role)
  const { stream, range: _, ...about } = bytes
  const isText = /^(?:text\/|application\/json$)/.test(about.media_type)
  if (output !== undefined) {
    const file = terminal.resolve(output)
    await terminal.writeFile(file, stream).catch((cause: unknown) => {
      throw new Refused(fault('call_refused', 'The file could not be written.', {}), { cause })
    })
    return terminal.out(json ? toJson({ file, ...about }) : `${file}\n`)
  }
  if (!json && !isText && terminal.look.isScreen)
    throw new Refused(
      fault(
        'call_refused',
        `This is ${about.media_type}, nothing for a screen. Say where to with --output.`,
        {},
      ),
    )
  if (!json && !terminal.look.isScreen) {
    for await (const piece of stream) await terminal.outBytes(piece)
    return
  }
  const pieces: Uint8Array[] = []
  for await (const piece of stream) pieces.push(piece)
  const whole = Buffer.concat(pieces)
  terminal.out(
    json ? toJson({ ...about, content_base64: whole.toString('base64') }) : harmless(whole.toString()),
  )
}
