/** Why something that was dropped or pasted is not taken. */
export interface Refused {
  /** `remote`: a picture that would have to be fetched. `nothing`: no file, picture or text in it. */
  readonly why: 'folder' | 'remote' | 'nothing'
  readonly name: string
}

export interface Taken {
  readonly files: readonly File[]
  readonly refused: readonly Refused[]
}

/** The parts of a `DataTransfer` that are read. */
export interface Transfer {
  readonly types: readonly string[]
  readonly items: ArrayLike<{
    readonly kind: string
    readonly type: string
    getAsFile(): File | null
    webkitGetAsEntry?(): { readonly isDirectory: boolean; readonly name: string } | null
  }>
  getData(type: string): string
}

/** Whether a drag that is over the window may hold something to attach: what it holds shows only when it ends. */
export const mayHoldFiles = ({ types }: Pick<Transfer, 'types'>): boolean =>
  types.includes('Files') || (types.includes('text/html') && types.includes('text/uri-list'))

/** Files, folders, pictures out of a browser. Without any of them null: the drop is text and not ours. */
export function readDrop(transfer: Transfer): Taken | null {
  const given = filesOf(transfer)
  return isEmpty(given) ? picturesOf(transfer.getData('text/html')) : given
}

/**
 * What a paste holds for the tray; null when it is text and belongs into the box. `nameFor` names a picture that has
 * no name of its own.
 */
export function readPaste(transfer: Transfer, nameFor: (ending: string) => string): Taken | null {
  const text = transfer.getData('text/plain').trim()
  const given = filesOf(transfer)
  const [only] = given.files
  // Spreadsheets and word processors lay a picture of the text beside it; file browsers lay the name.
  const isRendering = given.files.length === 1 && only?.name === 'image.png' && text !== ''
  if (isRendering && !text.endsWith('image.png')) return null
  if (!isEmpty(given)) {
    const named = given.files.map((file) =>
      file.name === 'image.png' ? renamed(file, nameFor('png')) : file,
    )
    return { files: named, refused: given.refused }
  }
  if (text !== '') return null
  const pictures = picturesOf(transfer.getData('text/html'), nameFor)
  return pictures ?? { files: [], refused: [{ why: 'nothing', name: '' }] }
}

const isEmpty = ({ files, refused }: Taken): boolean => files.length === 0 && refused.length === 0

const renamed = (file: File, name: string): File => new File([file], name, { type: file.type })

function filesOf({ items }: Transfer): Taken {
  const files: File[] = []
  const refused: Refused[] = []
  for (const item of Array.from(items)) {
    if (item.kind !== 'file') continue
    // Asking looks on the disk, which two hundred pictures would feel; a folder with an ending is the daemon's to refuse.
    const entry = item.type === '' ? item.webkitGetAsEntry?.() : null
    const file = entry?.isDirectory ? null : item.getAsFile()
    if (entry?.isDirectory) refused.push({ why: 'folder', name: entry.name })
    else if (file) files.push(file)
  }
  return { files, refused }
}

const tags = /<img\b[^>]*?\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi

/** Pictures that stand in the markup itself are taken; those that lie elsewhere are not fetched. */
function picturesOf(html: string, nameFor = (ending: string) => `picture.${ending}`): Taken | null {
  const sources = [...html.matchAll(tags)].map(([, double, single, bare]) => double ?? single ?? bare ?? '')
  if (sources.length === 0) return null
  const files: File[] = []
  const refused: Refused[] = []
  for (const source of sources) {
    const file = fileOfDataUrl(source.replaceAll('&amp;', '&'), nameFor)
    if (file) files.push(file)
    else refused.push({ why: 'remote', name: hostOf(source) })
  }
  return { files, refused }
}

function fileOfDataUrl(url: string, nameFor: (ending: string) => string): File | null {
  const [, type = '', body = ''] = /^data:(image\/[\w.+-]+)[^,]*;base64,([\w+/=\s%]*)$/i.exec(url) ?? []
  if (body === '') return null
  try {
    const bytes = Uint8Array.from(atob(decodeURIComponent(body)), (character) => character.charCodeAt(0))
    return new File([bytes], nameFor(type.slice(6).replace('jpeg', 'jpg').replace(/\+.*/, '')), { type })
  } catch {
    return null
  }
}

function hostOf(source: string): string {
  return URL.canParse(source) ? new URL(source).host : ''
}
