import type { AssetId, MessageId } from '@contract/ids'
import type { Part } from '@contract/message'
import { takesTools } from '../core/capabilities/takes-tools'
import { picturesOf } from '../core/runs/context-pictures'
import type { ChatTurn } from '../ports/driver'
import type { RunRecord } from '../ports/store'
import type { Tool } from '../ports/tools'
import { historyOf } from './history'
import type { RunPorts } from './run-ports'

type Needs = Pick<RunPorts, 'store' | 'contents' | 'blindness' | 'toolbox'>

/** What the person's message of a run says and shows. */
export const askedIn = ({ messages }: RunPorts['store'], run: RunRecord): readonly Part[] =>
  (run.user_message_id && messages.get(run.user_message_id)?.parts) || []

/** What the run's model may call now. A canary is one short question. */
export function toolsFor(
  { store, toolbox }: Pick<Needs, 'store' | 'toolbox'>,
  run: RunRecord,
): readonly Tool[] {
  const isOffered = run.source_kind !== 'canary' && takesTools(store.models.find(run.route_id, run.model))
  return isOffered ? toolbox.visible(run) : []
}

/** The next request of a run, with what came before it. */
export function chatTurn(on: Needs, run: RunRecord): ChatTurn & { readonly pictures: ReadonlySet<AssetId> } {
  const { store, contents, blindness } = on
  const entry = store.models.find(run.route_id, run.model)
  const tools = toolsFor(on, run).map(({ view }) => view)
  const { context_assets = [] } = run
  // A retry with another model keeps what was pinned; a blind one is told of it in words.
  const earlier = context_assets.length > 0 && !blindness(run) ? context_assets : []
  const now = picturesOf(askedIn(store, run)).map((asset) => asset.asset_id)
  return {
    model: run.model,
    ...(run.fallback_models ? { fallback_models: run.fallback_models } : {}),
    ...(run.provider_preferences ? { provider_preferences: run.provider_preferences } : {}),
    system: store.runtime.get().system_prompt,
    history: historyOf(store, run.assistant_message_id as MessageId),
    contents,
    pictures: new Set([...now, ...earlier]),
    ...(tools.length > 0 ? { tools } : {}),
    generation: run.generation,
    ...(entry ? { entry } : {}),
    session_id: run.session_id,
  }
}
