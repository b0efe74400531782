import type { AssetRow } from '@contract/assets'
import type { PickedFile } from '@contract/bridge'
import { type App, focusComposer } from './app-store'

/** Escape: closes what is innermost in the library, and in the end the library itself. */
export function stepOutOfLibrary(app: App): void {
  if (!app.library.back()) focusComposer(app)
}

/** What is dropped while the library is open goes there and to no message. */
export function dropOnLibrary(app: App, files: readonly PickedFile[]): void {
  void app.imports.add(files)
}

/** Back to the chat, with these in the message that is being written. */
export function attachToChat(app: App, assets: readonly AssetRow[]): void {
  void assets
  focusComposer(app)
}
