import type { PermissionMode } from '@contract/routes'
import { say } from '../lib/words'
import { tellFault } from '../ui/tell-fault'
import { toast } from '../ui/toast'
import type { App } from './app-store'
import { appWords } from './words'

/** What tools may do from the next call on; said, because nothing on the screen shows it. */
export async function setPermissionMode({ client, store }: App, mode: PermissionMode): Promise<void> {
  const answer = await client.ask['runtime.setPermissionMode']({ mode })
  if (!answer.ok) return tellFault(answer.fault)
  store.setState({ runtime: answer.value })
  toast({ title: say(appWords)(`commands.tools.${mode}`) })
}
