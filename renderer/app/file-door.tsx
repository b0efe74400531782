import { attachmentWords } from '../features/composer/attachments/attachment-words'
import { DropOverlay } from '../features/composer/attachments/drop-overlay'
import { useFileDoor } from '../features/composer/attachments/use-file-door'
import { useWords } from '../lib/words'
import { useApp, useAppState } from './app-context'
import { takeFiles } from './asset-actions'

/** The whole window takes what is dropped or pasted. */
export function FileDoor() {
  const app = useApp()
  const t = useWords(attachmentWords)
  const isOver = useFileDoor({
    onTaken: (taken) => takeFiles(app, taken),
    nameFor: (ending) => t('pastedName', { time: timeOfDay(new Date()), ending }),
  })
  const page = useAppState((state) => state.page)
  return isOver ? <DropOverlay on={page} /> : null
}

/** `14.05.09`: without signs that a file's name can't have. */
const timeOfDay = (now: Date): string =>
  [now.getHours(), now.getMinutes(), now.getSeconds()].map((part) => String(part).padStart(2, '0')).join('.')
