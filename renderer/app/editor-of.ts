import { createEditorStore } from '../features/image-editor/create-editor-store'
import type { EditorStore } from '../features/image-editor/editor-store'
import type { App } from './app-store'

/** Made when the editor is first opened, and kept: what is under way goes on while it is closed. */
const stores = new WeakMap<App, EditorStore>()

export function editorOf(app: App): EditorStore {
  const kept = stores.get(app)
  if (kept) return kept
  const store = createEditorStore(app.client)
  stores.set(app, store)
  app.client.listen((event) => store.hear(event))
  // Another daemon: nothing of this one's is left.
  app.store.subscribe((state, before) => {
    if (before.editor !== null && state.editor === null) store.forget()
  })
  return store
}
