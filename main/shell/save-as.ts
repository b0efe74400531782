import { dialog, type BrowserWindow } from 'electron'
import { fault } from '@contract/fault'
import { Failure } from '../daemon/core/failure'
import { writeWhole, type Content } from './write-whole'

interface Saved {
  /** The call that asks, for its fault. */
  readonly call: string
  /** What the dialog proposes. */
  readonly name: string
  /** Made once a place is chosen. */
  readonly content: () => Content | Promise<Content>
}

/** Asks where and writes all of it; null when the person thought better of it. Faults: storage_full, call_refused. */
export async function saveAs(
  window: BrowserWindow | undefined,
  { call, name, content }: Saved,
): Promise<{ readonly path: string } | null> {
  const options = { defaultPath: name }
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options))
  if (canceled || !filePath) return null
  const written = await content()
  await writeWhole(filePath, written).catch((error: unknown) => {
    throw error instanceof Failure ? error : new Failure(whyNot(error, call), { cause: error })
  })
  return { path: filePath }
}

function whyNot(error: unknown, call: string) {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? fault('storage_full', 'There is no room left there. Nothing was saved.')
    : fault('call_refused', 'The file could not be written there. Nothing was saved; choose another place.', {
        call,
      })
}
