import { fault } from '@contract/fault'
import type { AssetId, SessionId } from '@contract/ids'
import type { Taken } from '../features/composer/attachments/read-transfer'
import { tellFault } from '../ui/tell-fault'
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

/** The first picture among what was dropped on the editor is the next to be edited. */
export async function editDropped(app: App, files: Taken['files']): Promise<void> {
  const file = files.find(({ type }) => type.startsWith('image/')) ?? files[0]
  if (!file) return
  const answer = await app.client.importFile(file, crypto.randomUUID())
  if (!answer.ok) return tellFault(answer.fault)
  if (answer.value.kind !== 'image') {
    return tellFault(fault('unsupported_media_type', 'Only pictures can be edited.', {}))
  }
  openEditor(app, answer.value.asset_id)
}
