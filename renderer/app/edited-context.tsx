import { useEffect, useImperativeHandle, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { EarlierPicturesProps } from '../features/chat/chat-context'
import {
  contextAssets,
  createContextMediaStore,
  goingOf,
} from '../features/composer/context/context-media-store'
import { ContextRow } from '../features/composer/context/context-row'
import { useApp, useAppState } from './app-context'
import { routeInForce } from './route-in-force'

/** Which pictures of turns before a message travel when it is written anew, as the composer has it. */
export function EditedContext({ message, text, kept, handle }: EarlierPicturesProps) {
  const app = useApp()
  const [store] = useState(() => createContextMediaStore(app.client))
  const state = useStore(store)
  const { media, chosen } = state
  const session = useStore(app.chat, (chat) => chat.session)
  const runtime = useAppState((all) => all.runtime)
  const { provider = '', model = '' } = routeInForce(runtime, session, null) ?? {}
  const { session_id, message_id } = message

  useEffect(() => {
    const choice = model === '' ? null : { provider, model }
    void store.ask(session_id, choice, message_id)
  }, [store, session_id, message_id, provider, model])
  // What a message that was refused had chosen.
  useEffect(() => {
    if (kept) for (const { asset } of media) store.choose(asset.asset_id, kept.includes(asset.asset_id))
  }, [store, media, kept])
  useImperativeHandle(handle, () => ({ assets: (words) => contextAssets(store.getState(), words) }), [store])

  const going = useMemo(() => goingOf({ media, chosen }, text), [media, chosen, text])
  return <ContextRow media={media} going={going} onChoose={(id, isGoing) => store.choose(id, isGoing)} />
}
