import type { AssetId, RunId, SessionId } from '@contract/ids'
import type { ImageVersion } from '@contract/images'
import { emptyDraft, noModels } from './begin'
import { type Job, jobsOf } from '../jobs'
import { idsOf } from '../versions/version-tree'
import { type Desk, treeOf } from './desk'
import { layMask } from './keep-draft'
import { notEditable } from './not-editable'
import type { EditDraft } from '../editor-store'

/** Another picture, or the same one again, with its tree and what is under way for it. */
export async function openPicture(desk: Desk, id: AssetId, session?: SessionId | null): Promise<void> {
  const { store, drafts, dismissed, ended } = desk
  const { ask } = desk.client
  const turn = (desk.opened += 1)
  const isOfTree = treeOf(desk).has(id)
  store.setState({
    wanted: id,
    phase: 'loading',
    fault: null,
    refusal: null,
    result: null,
    ...(isOfTree ? {} : { jobs: [] }),
  })
  const [asset, tree, listed] = await Promise.all([
    ask['assets.get']({ asset_id: id }),
    ask['images.versions']({ asset_id: id }),
    ask['runs.list']({ limit: 200 }),
  ])
  if (turn !== desk.opened) return
  const problem = asset.ok ? notEditable(asset.value) : asset.fault
  if (!asset.ok || problem)
    return store.setState({ phase: 'failed', fault: problem, source: null, versions: [] })
  const versions = versionsOf(asset.value, tree.ok ? tree.value.versions : [])
  const kept = drafts.has(id) ? undefined : desk.kept.read(id)
  await layMask(desk, asset.value, kept)
  if (turn !== desk.opened) return
  const own = versions.find((version) => version.asset.asset_id === id)
  store.setState(({ session: before, jobs }) => ({
    phase: 'ready',
    source: asset.value,
    draft: drafts.get(id) ?? (kept ? draftOf(kept) : emptyDraft),
    versions,
    session: session === undefined ? ((isOfTree ? before : null) ?? own?.session_id ?? null) : session,
    jobs: listed.ok ? merged(jobs, jobsOf(listed.value.runs, idsOf(versions), dismissed), ended) : jobs,
  }))
  desk.untouched = null
  if (store.getState().models.phase !== 'ready') await loadModels(desk)
}

export async function loadModels({ client, store }: Desk): Promise<void> {
  store.setState(({ models }) => ({ models: { ...models, phase: 'loading', fault: null } }))
  const answer = await client.ask['images.models']({})
  store.setState({
    models: answer.ok
      ? { phase: 'ready', list: answer.value.models, fallback: answer.value.default_choice, fault: null }
      : { ...noModels, phase: 'failed', fault: answer.fault },
  })
}

/** Reads the tree anew; of several readings the last one counts. */
export function createReload({ client, store }: Desk): () => Promise<void> {
  let reloads = 0
  return async () => {
    const { source } = store.getState()
    if (!source) return
    const turn = (reloads += 1)
    const tree = await client.ask['images.versions']({ asset_id: source.asset_id })
    if (tree.ok && turn === reloads && store.getState().source === source)
      store.setState({ versions: versionsOf(source, tree.value.versions) })
  }
}

const draftOf = ({ instruction, references, feather }: EditDraft): EditDraft => ({
  instruction,
  references,
  feather,
})

/** The tree as far as it is known: the picture itself always is. */
const versionsOf = (asset: ImageVersion['asset'], tree: readonly ImageVersion[]): readonly ImageVersion[] =>
  tree.some((version) => version.asset.asset_id === asset.asset_id)
    ? tree
    : [...tree, { asset, parent_id: null, reference_ids: [] }]

/** What was told meanwhile is newer than what was listed. */
function merged(known: readonly Job[], listed: readonly Job[], ended: ReadonlySet<RunId>): readonly Job[] {
  const at = (jobs: readonly Job[], id: RunId) => jobs.find(({ run }) => run.run_id === id)
  const fresh = listed.filter(({ run }) => !ended.has(run.run_id) && !at(known, run.run_id))
  return [...fresh, ...known].toSorted((a, b) => a.run.submitted_at_ms - b.run.submitted_at_ms)
}
