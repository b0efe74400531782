import type { AssetView } from '@contract/assets'
import type { AnyEvent } from '@contract/events'
import type { AssetId } from '@contract/ids'
import type { Message } from '@contract/message'
import { foldJobs, isMadeFrom } from '../jobs'
import { type Desk, tell, treeOf } from './desk'
import { loadModels, openPicture } from './open-picture'

/** Whatever happens to the picture, its tree, its orders and their chat. */
export function hearEvent(desk: Desk, reload: () => Promise<void>, event: AnyEvent): void {
  const { store } = desk
  const { jobs, source } = store.getState()
  const next = foldJobs(jobs, event, treeOf(desk))
  if (next !== jobs) store.setState({ jobs: next })
  switch (event.type) {
    case 'run.ended':
      return void hearEnd(desk, reload, event)
    case 'models.changed':
      if (store.getState().models.phase === 'ready') void loadModels(desk)
      return
    case 'session.deleted':
      if (event.session_id === store.getState().session) store.setState({ session: null })
      return
    case 'asset.added':
      if (isMadeOf(event.asset, treeOf(desk))) void reload()
      return
    case 'asset.deleted':
      desk.kept.drop(event.asset_id)
      if (!source) return
      if (event.asset_id === source.asset_id) return void openPicture(desk, source.asset_id)
      if (!treeOf(desk).has(event.asset_id)) return
      if (store.getState().result === event.asset_id) store.setState({ result: null })
      return void reload()
    default:
  }
}

async function hearEnd(
  desk: Desk,
  reload: () => Promise<void>,
  { run, message }: Extract<AnyEvent, { type: 'run.ended' }>,
): Promise<void> {
  const { store } = desk
  if (run.kind === 'image') desk.ended.add(run.run_id)
  if (run.kind !== 'image' || !isMadeFrom(run, treeOf(desk))) return
  if (run.status === 'cancelled') return tell(desk, 'stopped')
  if (run.status !== 'completed') return tell(desk, 'failed')
  await reload()
  const made = picturesOf(message)
  tell(desk, 'made', Math.max(1, made.length))
  const { source, draft, result } = store.getState()
  const isOurs = run.request.image?.source_asset_ids[0] === source?.asset_id
  if (made[0] && isOurs && result === null && desk.untouched === draft) store.setState({ result: made[0] })
}

/** In a chat, by a model, a version may come to be as well. */
const isMadeOf = ({ provenance }: AssetView, ids: ReadonlySet<AssetId>): boolean =>
  provenance.some(({ source_assets }) => source_assets.some(({ asset_id }) => ids.has(asset_id)))

const picturesOf = (message: Message | null): readonly AssetId[] =>
  (message?.parts ?? []).flatMap((part) =>
    part.kind === 'attachment' && part.asset.media_type.startsWith('image/') ? [part.asset.asset_id] : [],
  )
