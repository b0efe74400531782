import type { AssetDeeds } from '../lib/asset-deeds'
import { say } from '../lib/words'
import { tellFault } from '../ui/tell-fault'
import { toast } from '../ui/toast'
import { type App, focusComposer } from './app-store'
import { appWords } from './words'

/** Escape: closes what is innermost in the library, and in the end the library itself. */
export function stepOutOfLibrary(app: App): void {
  if (!app.library.back()) focusComposer(app)
}

/** Each says a word when it is done or refused. */
export const deedsOf = ({ client }: App): AssetDeeds => ({
  async onSave(asset_id): Promise<void> {
    const answer = await client.ask['app.saveAsset']({ asset_id })
    if (!answer.ok) tellFault(answer.fault)
    else if (answer.value) toast({ title: say(appWords)('saved'), body: answer.value.path })
  },
  async onCopy(asset_id): Promise<void> {
    const answer = await client.ask['app.copyAsset']({ asset_id })
    if (answer.ok) toast({ title: say(appWords)('copiedImage') })
    else tellFault(answer.fault)
  },
  async onOpenWith(asset_id): Promise<void> {
    const answer = await client.ask['app.openAsset']({ asset_id })
    if (!answer.ok) tellFault(answer.fault)
  },
})
