import type { Message } from '@contract/message'

/** Everything that is known of the run behind an answer. */
export function RunInspector(_props: { readonly message: Message | null }) {
  return null
}
