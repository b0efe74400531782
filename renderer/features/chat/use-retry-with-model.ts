import type { RunId } from '@contract/ids'
import { attempt } from './attempt'
import { useChat } from './chat-context'

/** Lets the person choose a model and answers with it. */
export function useRetryWithModel(): (runId: RunId | null) => void {
  const { onOpenModels, store } = useChat()
  return (runId) =>
    onOpenModels((route) => {
      if (runId) void attempt(store.retry(runId, route))
    })
}
