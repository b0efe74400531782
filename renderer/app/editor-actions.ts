import type { AssetId, SessionId } from '@contract/ids'
import { type App, currentSession, focusComposer } from './app-store'

/** The editor in the place of the chat, with this picture. `session`: the chat it was found in. */
export function openEditor({ store }: App, asset_id: AssetId, session?: SessionId | null): void {
  store.setState(({ page, editor }) => ({
    editor: {
      asset_id,
      ...(session === undefined ? {} : { session }),
      from: page === 'editor' ? (editor?.from ?? 'chat') : page,
    },
    page: 'editor',
    viewer: null,
    drawer: null,
    isRenaming: false,
  }))
}

/** The chat that what is looked at belongs to: in the library it may be anybody's. */
export const sessionInView = (app: App): SessionId | null | undefined =>
  app.store.getState().page === 'chat' ? currentSession(app) : undefined

/** Back to where it was opened from. What was marked and written waits there. */
export function closeEditor(app: App): void {
  if (app.store.getState().editor?.from === 'library') app.store.setState({ page: 'library' })
  else focusComposer(app)
}
