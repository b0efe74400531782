import { attachmentsOf } from '@contract/attached'
import type { AssetId } from '@contract/ids'
import type { AssetRef } from '@contract/message'
import type { Taken } from '../features/composer/attachments/read-transfer'
import { currentSession, focusComposer, type App } from './app-store'
import { tellRefused, tellTooMany } from './tell-files'

/** Into the library or the image editor where that is open, else beside the message that is being written in the open chat. */
export function takeFiles(app: App, { files, refused }: Taken): void {
  tellRefused(refused)
  if (files.length === 0) return
  const { page } = app.store.getState()
  if (page === 'library') app.imports.add(files)
  else if (page === 'editor') void import('./edit-dropped').then(({ editDropped }) => editDropped(app, files))
  else attachFiles(app, files)
}

function attachFiles(app: App, files: Taken['files']): void {
  // What the daemon has with the draft comes first, and is not known yet.
  if (app.chat.getState().phase === 'loading') {
    const undo = app.chat.subscribe(({ phase }) => {
      if (phase === 'loading') return
      undo()
      attachFiles(app, files)
    })
    return
  }
  restoreAttachments(app)
  tellTooMany(app.attachments.add(currentSession(app), files))
  focusComposer(app)
}

/** The same with what the library has. */
export function attachAssets(app: App, assets: readonly AssetRef[]): void {
  restoreAttachments(app)
  tellTooMany(app.attachments.attach(currentSession(app), assets))
  focusComposer(app)
}

/** What the daemon has with the draft of the open chat, unless the window knows better. */
export function restoreAttachments({ chat, attachments }: App): void {
  const { sessionId, session } = chat.getState()
  if (sessionId !== null) attachments.restore(sessionId, session?.draft_attachments ?? [])
}

/** What was attached to the chat to come; what is gone by now is left out. */
export async function restoreNewChat({ client, attachments, drafts }: App): Promise<void> {
  const answers = await Promise.all(
    drafts.attachedToNew().map((asset_id) => client.ask['assets.get']({ asset_id })),
  )
  attachments.restore(
    null,
    answers.flatMap((answer) => (answer.ok ? [answer.value] : [])),
  )
}

/** Shows a file among its siblings. */
export function openAsset({ store }: App, id: AssetId, siblings: readonly AssetId[]): void {
  const asset_ids = siblings.includes(id) ? siblings : [id]
  store.setState({ viewer: { asset_ids, index: asset_ids.indexOf(id) } })
}

/** Every file of the open chat that is loaded, oldest first. */
export const assetsOfChat = ({ chat }: App): readonly AssetId[] => [
  ...new Set(
    chat
      .getState()
      .messages.flatMap((message) => attachmentsOf(message.parts).map(({ asset_id }) => asset_id)),
  ),
]
