import { Paperclip } from 'lucide-react'
import { useRef } from 'react'
import { useWords } from '../../../lib/words'
import { IconButton } from '../../../ui/icon-button'
import { attachmentWords } from './attachment-words'

const mark = 'data-attach'

/** Opens the system's file dialog; the shortcut and the palette do the same by `openFilePicker`. */
export function AttachButton(props: {
  readonly keys: string
  readonly onFiles: (files: readonly File[]) => void
}) {
  const t = useWords(attachmentWords)
  const field = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton
        name={t('attach')}
        keys={props.keys}
        side="top"
        icon={<Paperclip size={15} aria-hidden="true" />}
        onClick={() => field.current?.click()}
      />
      <input
        ref={field}
        type="file"
        multiple
        hidden
        {...{ [mark]: '' }}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          // The same file may be chosen again.
          event.target.value = ''
          if (files.length > 0) props.onFiles(files)
        }}
      />
    </>
  )
}

/** A browser opens the dialog only while it handles a press of the person's. */
export const openFilePicker = (): void => document.querySelector<HTMLInputElement>(`input[${mark}]`)?.click()
