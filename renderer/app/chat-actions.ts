import type { Answer } from '@contract/fault'
import type { MessageId, RunId, SessionId } from '@contract/ids'
import { contextAssets } from '../features/composer/context/context-media-store'
import { choiceFor } from '../features/composer/picture/picture-store'
import { selectorOf, type ModelChoice } from '../features/models/model-index'
import { withRecent } from '../features/models/model-rows'
import { say } from '../lib/words'
import { tellFault } from '../ui/tell-fault'
import { toast } from '../ui/toast'
import { currentSession, focusComposer, setPreferences, type App } from './app-store'
import { appWords } from './words'

/** Null: a new chat. One that is gone opens as a new one. */
export async function openChat(app: App, id: SessionId | null): Promise<void> {
  app.drafts.flush()
  app.store.setState({ drawer: null, isRenaming: false })
  focusComposer(app)
  await app.chat.open(id)
  const { phase, fault, sessionId } = app.chat.getState()
  if (phase === 'failed' && sessionId === id && fault?.code === 'session_not_found') await app.chat.open(null)
}

/** Opens what a search has found, at the message and with the words lit; a title leads to the chat alone. */
export async function openHit(app: App, id: SessionId, messageId: MessageId | null): Promise<void> {
  const words = app.chats
    .getState()
    .query.split(/[\s"]+/)
    .filter(Boolean)
  await openChat(app, id)
  if (messageId !== null && currentSession(app) === id) await app.chat.point(messageId, words)
}

/** The first message of a new chat takes the model that was chosen for it; the chat keeps it. */
export async function sendMessage(app: App, text: string): Promise<Answer<unknown>> {
  const { newChatRoute, nextAnswer } = app.store.getState()
  const { sessionId: from, visit } = app.chat.getState()
  const isNew = from === null
  const { chosen } = app.contextMedia.getState()
  const travelling = contextAssets(app.contextMedia.getState(), text)
  // Spent at once: a second message is not to take them as well. A refusal gives them back with the text.
  app.store.setState({ nextAnswer: null })
  app.contextMedia.reset()
  const attachments = app.attachments.take(from)
  const answer = await app.chat.send(text, {
    attachments,
    contextAssets: travelling,
    ...(isNew && newChatRoute ? newChatRoute : {}),
    ...(nextAnswer ? { settings: nextAnswer } : {}),
  })
  const to = currentSession(app)
  if (!answer.ok) {
    app.store.setState({ nextAnswer })
    app.attachments.putBack(from ?? to, attachments)
    if (app.contextMedia.getState().sessionId === from) app.contextMedia.reset(chosen)
  }
  // What could not be added stays beside the box, which is the new chat's now.
  const made = answer.ok ? answer.value.run.session_id : to
  if (isNew && made !== null) app.attachments.settleIn(made)
  // A chat stays made when its first message is refused; another one may be open by now.
  const isKnown = answer.ok || app.chat.getState().visit === visit
  if (isNew && newChatRoute && isKnown && made !== null) {
    app.store.setState({ newChatRoute: null })
    const { provider, model } = newChatRoute
    const set = await app.client.ask['sessions.setRoute']({ session_id: made, provider, model })
    if (!set.ok) tellFault(set.fault)
  }
  return answer
}

/** Remembered for the next time. */
export function chooseDrawer(app: App, choice: ModelChoice | null): void {
  app.pictures.choose({ choice })
  void setPreferences(app, { image_model: choice ? selectorOf(choice) : '' })
}

/** The words become a picture, or change the pictures beside the box. A refusal gives everything back. */
export async function sendPicture(app: App, prompt: string): Promise<Answer<unknown>> {
  const pictures = app.pictures.getState()
  const { count, size } = pictures
  const { sessionId: from } = app.chat.getState()
  const sources = app.attachments.take(from)
  const choice = choiceFor(pictures, sources.length > 0)
  const answer = await app.chat.draw({ prompt, sources, count, size, choice })
  const to = currentSession(app)
  if (!answer.ok) app.attachments.putBack(from ?? to, sources)
  const made = answer.ok ? answer.value.run.session_id : to
  if (from === null && made !== null) app.attachments.settleIn(made)
  return answer
}

/** For the open chat from now on, or for the one to come. */
export async function chooseModel(app: App, choice: ModelChoice): Promise<void> {
  const { picker, preferences } = app.store.getState()
  const id = currentSession(app)
  app.store.setState({ picker: null })
  void setPreferences(app, { recent_models: withRecent(preferences.recent_models, selectorOf(choice)) })
  if (picker?.choose) return picker.choose(choice)
  focusComposer(app)
  if (id === null) return app.store.setState({ newChatRoute: choice })
  const answer = await app.client.ask['sessions.setRoute']({ session_id: id, ...choice })
  if (!answer.ok) tellFault(answer.fault)
}

export async function makeDefault(app: App, choice: ModelChoice): Promise<void> {
  const answer = await app.client.ask['runtime.setModel']({ provider: choice.provider, model: choice.model })
  if (!answer.ok) return tellFault(answer.fault)
  app.store.setState({ runtime: answer.value })
  toast({ title: say(appWords)('isDefault', { selector: selectorOf(choice) }) })
}

export async function renameChat(app: App, id: SessionId, title: string): Promise<void> {
  const answer = await app.chats.rename(id, title)
  if (!answer.ok) tellFault(answer.fault)
}

/** Gone at once, with a way back. */
export async function deleteChat(app: App, id: SessionId): Promise<void> {
  const t = say(appWords)
  const isOpen = currentSession(app) === id
  if (isOpen) void openChat(app, null)
  const answer = await app.chats.remove(id)
  if (!answer.ok) return tellFault(answer.fault)
  toast({
    title: t('deleted'),
    timeoutMs: 10_000,
    action: {
      words: t('undo'),
      run: () => {
        // The toast goes and takes the focus with it.
        focusComposer(app)
        void app.chats.restore(id).then((restored) => {
          if (!restored.ok) tellFault(restored.fault)
          else if (isOpen) void openChat(app, id)
        })
      },
    },
  })
}

export async function exportChat(app: App, id: SessionId, format: 'markdown' | 'json'): Promise<void> {
  await saveMade(app, await app.client.ask['sessions.export']({ session_id: id, format }))
}

/** Everything recorded of one run, with nothing secret in it. */
export async function exportEvidence(app: App, id: RunId): Promise<void> {
  await saveMade(app, await app.client.ask['runs.evidence']({ run_id: id }))
}

async function saveMade(
  app: App,
  made: Answer<{ readonly file_name: string; readonly text: string }>,
): Promise<void> {
  if (!made.ok) return tellFault(made.fault)
  const saved = await app.client.ask['app.saveText'](made.value)
  if (!saved.ok) tellFault(saved.fault)
  else if (saved.value) toast({ title: say(appWords)('saved'), body: saved.value.path })
}

/** Out of the queue: what was attached stands beside the box again, the words are answered. */
export async function takeBack(app: App, id: RunId): Promise<string | undefined> {
  const from = currentSession(app)
  const isPicture = app.chat.getState().queued.find(({ run_id }) => run_id === id)?.kind === 'image'
  const draft = await app.chat.takeBack(id)
  if (draft) app.attachments.putBack(from, draft.attachments)
  // Sent again it is to be what it was.
  if (draft) app.pictures.toggle(isPicture)
  return draft?.text
}

/** A new chat with everything so far. */
export async function branchChat(app: App): Promise<void> {
  const last = app.chat.getState().messages.at(-1)
  if (!last) return
  const answer = await app.chat.branch(last.message_id)
  if (answer.ok) await openChat(app, answer.value.session_id)
  else tellFault(answer.fault)
}

/** The neighbour in the side bar's order. */
export function stepChat(app: App, step: 1 | -1): void {
  const { rows } = app.chats.getState()
  const id = currentSession(app)
  const at = rows.findIndex((row) => row.session_id === id)
  const next = rows[at < 0 ? 0 : at + step]
  if (next) void openChat(app, next.session_id)
}

export async function openLink(app: App, url: string): Promise<void> {
  const answer = await app.client.ask['app.openExternal']({ url })
  if (!answer.ok) toast({ title: say(appWords)('linkFailed'), body: url, tone: 'danger' })
}
