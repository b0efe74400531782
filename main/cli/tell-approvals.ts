import type { Approval } from '@contract/permissions'
import { oneLine } from './look'
import type { Session } from './session'

/**
 * Says of every call of a followed run that waits how it is decided. A daemon of this command's own is within nobody
 * else's reach: what would wait is denied, and the model goes on without it.
 */
export function approvalTeller(
  { isOwn, ask }: Pick<Session, 'isOwn' | 'ask'>,
  say: (text: string) => void,
): (approval: Approval) => void {
  const told = new Set<string>()
  return ({ approval_id, tool_name, status, ...approval }) => {
    if (status !== 'pending' || told.has(approval_id)) return
    told.add(approval_id)
    // A model wrote it: nothing of it may look like a line of ours.
    const what = oneLine(`${tool_name} ${approval.arguments}`)
    if (!isOwn) {
      say(`kheish: waits for approval of ${what}\n`)
      say(`  kheish approvals resolve ${approval_id} --decision allow_once\n`)
      return
    }
    say(`kheish: denied ${what}, because nobody can be asked\n`)
    say(`  kheish permissions allow ${tool_name}\n`)
    // It may have ended meanwhile; then nothing waits any more.
    const resolutions = [{ approval_id, decision: 'deny' as const }]
    void ask('approvals.resolve', { resolutions }).catch(() => undefined)
  }
}
