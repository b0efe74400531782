import { isPicture } from '@contract/attached'
import type { Message } from '@contract/message'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { factsLine, fileWords } from '../../lib/file-facts'
import { thumbnailUri } from '../../lib/thumbnail-uri'
import { useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { FileTile } from '../../ui/file-tile'
import { attempt } from './attempt'
import { useChat, type EarlierPictures } from './chat-context'
import type { MessageDraft } from './chat-store'
import { chatWords } from './words'

/** Changes a message in place and asks again; the version before stays. */
export function MessageEditor({ message, from }: { readonly message: Message; readonly from: MessageDraft }) {
  const say = useWords(chatWords)
  const words = useWords(fileWords)
  const { store, onOpenAsset, renderEarlierPictures } = useChat()
  const [text, setText] = useState(from.text)
  const [attachments, setAttachments] = useState(from.attachments)
  const isEmpty = text.trim() === '' && attachments.length === 0
  const box = useRef<HTMLTextAreaElement>(null)
  const earlier = useRef<EarlierPictures>(null)
  useEffect(() => {
    const end = box.current?.value.length ?? 0
    box.current?.focus()
    box.current?.setSelectionRange(end, end)
  }, [])

  const close = (): void => store.edit(null)
  const save = async (): Promise<void> => {
    if (isEmpty) return
    const contextAssets = earlier.current?.assets(text)
    close()
    const replaces = message.message_id
    const sent = await attempt(store.send(text, { attachments, contextAssets, replaces }))
    // The words come back for another try, in the message they belong to.
    if (!sent && store.getState().sessionId === message.session_id) {
      store.edit(replaces, { text, attachments, contextAssets })
    }
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.stopPropagation()
      close()
    }
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      void save()
    }
  }

  return (
    <div className="rounded-xl border border-line-strong bg-raised p-3 shadow-sm focus-within:border-focus">
      {renderEarlierPictures({ message, text, kept: from.contextAssets, handle: earlier })}
      {attachments.length === 0 ? null : (
        <ul aria-label={say('attachments')} className="flex flex-wrap gap-2.5 px-1 pt-1.5 pb-2.5">
          {attachments.map((asset) => (
            <li key={asset.asset_id} className="max-w-full">
              <FileTile
                name={asset.file_name}
                mediaType={asset.media_type}
                facts={factsLine(asset, words)}
                picture={isPicture(asset) ? thumbnailUri(asset.asset_id) : undefined}
                onOpen={() =>
                  onOpenAsset(
                    asset.asset_id,
                    attachments.map(({ asset_id }) => asset_id),
                  )
                }
                remove={{
                  name: say('removeAsset', { name: asset.file_name }),
                  run: () => setAttachments(attachments.filter((each) => each !== asset)),
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <textarea
        ref={box}
        aria-label={say('editMessage')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-[50vh] min-h-16 w-full resize-none bg-transparent px-1 outline-none"
      />
      <div className="mt-2 flex flex-wrap items-center justify-end gap-2">
        <span className="mr-auto pl-1 text-xs text-faint">{say('editKeeps')}</span>
        <Button size="small" variant="ghost" onClick={close}>
          {say('cancel')}
        </Button>
        <Button size="small" variant="primary" disabled={isEmpty} onClick={() => void save()}>
          {say('saveEdit')}
        </Button>
      </div>
    </div>
  )
}
