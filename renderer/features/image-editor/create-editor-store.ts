import type { AssetView } from '@contract/assets'
import type { PickedFile } from '@contract/bridge'
import type { AnyEvent } from '@contract/events'
import { fault, type Fault } from '@contract/fault'
import type { AssetId, RunId, SessionId } from '@contract/ids'
import type { ImageVersion } from '@contract/images'
import type { Message } from '@contract/message'
import { createStore } from 'zustand/vanilla'
import type { RendererClient } from '../../client/client'
import type { EditDraft, EditorState, EditorStore, Told } from './editor-store'
import { foldJobs, isMadeFrom, type Job, jobsOf, withRun } from './jobs'
import { keepSettings, readSettings, type Shelf } from './kept-settings'
import { createMaskShelf, type MaskShelf } from './mask/mask-shelf'
import { toBase64 } from './mask/to-base64'
import { hindranceOf, modelInForce, mostReferences, orderOf } from './order'
import { idsOf } from './versions/version-tree'

const emptyDraft: EditDraft = { instruction: '', references: [], feather: 8 }
const noModels: EditorState['models'] = { phase: 'loading', list: [], fallback: null, fault: null }

export interface EditorParts {
  readonly shelf: Shelf
  readonly masks: MaskShelf
  newKey(): string
}

/** The picture that is edited, its versions and the orders that are under way. */
export function createEditorStore(client: RendererClient, parts: Partial<EditorParts> = {}): EditorStore {
  const { ask } = client
  const shelf = parts.shelf ?? window.localStorage
  const masks = parts.masks ?? createMaskShelf()
  const newKey = parts.newKey ?? (() => crypto.randomUUID())
  const begin = (): EditorState => ({
    phase: 'empty',
    fault: null,
    wanted: null,
    source: null,
    draft: emptyDraft,
    settings: readSettings(shelf),
    versions: [],
    result: null,
    jobs: [],
    models: noModels,
    session: null,
    isSending: false,
    refusal: null,
    told: null,
  })
  const store = createStore<EditorState>(begin)
  const { getState: get, setState: set } = store
  const drafts = new Map<AssetId, EditDraft>()
  const dismissed = new Set<RunId>()
  /** What was last sent: as long as nothing was changed since, its result may take the stage. */
  let untouched: EditDraft | null = null
  let asked = 0
  let reloads = 0

  const tell = (what: Told['what'], count = 1): void =>
    set(({ told }) => ({ told: { what, count, key: (told?.key ?? 0) + 1 } }))
  const ids = (): ReadonlySet<AssetId> => idsOf(get().versions)

  async function open(id: AssetId, session?: SessionId | null): Promise<void> {
    const turn = (asked += 1)
    const isOfTree = ids().has(id)
    set({
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
    if (turn !== asked) return
    const problem = asset.ok ? notEditable(asset.value.kind, asset.value.is_quarantined) : asset.fault
    if (!asset.ok || problem) return set({ phase: 'failed', fault: problem, source: null, versions: [] })
    const versions = versionsOf(asset.value, tree.ok ? tree.value.versions : [])
    const own = versions.find((version) => version.asset.asset_id === id)
    set(({ session: before, jobs }) => ({
      phase: 'ready',
      source: asset.value,
      draft: drafts.get(id) ?? emptyDraft,
      versions,
      session: session === undefined ? ((isOfTree ? before : null) ?? own?.session_id ?? null) : session,
      jobs: listed.ok ? merged(jobs, jobsOf(listed.value.runs, idsOf(versions), dismissed), ended) : jobs,
    }))
    untouched = null
    if (get().models.phase !== 'ready') await loadModels()
  }

  async function loadModels(): Promise<void> {
    set(({ models }) => ({ models: { ...models, phase: 'loading', fault: null } }))
    const answer = await ask['images.models']({})
    set({
      models: answer.ok
        ? { phase: 'ready', list: answer.value.models, fallback: answer.value.default_choice, fault: null }
        : { ...noModels, phase: 'failed', fault: answer.fault },
    })
  }

  function draw(change: Partial<EditDraft>): void {
    const { source, draft } = get()
    if (!source) return
    const next = { ...draft, ...change }
    drafts.set(source.asset_id, next)
    set({ draft: next })
  }

  async function addReferences(files: readonly PickedFile[]): Promise<void> {
    const model = modelInForce(get().models.list, get().settings, get().models.fallback)
    const { source } = get()
    for (const file of files) {
      if (get().draft.references.length >= mostReferences(model)) return
      const answer = await client.importFile(file, newKey())
      if (get().source !== source) return
      const problem = answer.ok ? notEditable(answer.value.kind, answer.value.is_quarantined) : answer.fault
      if (problem || !answer.ok) set({ refusal: problem })
      else {
        const { references } = get().draft
        const { asset_id } = answer.value
        const isThere = asset_id === source?.asset_id || references.some((each) => each.asset_id === asset_id)
        if (!isThere) draw({ references: [...references, answer.value] })
      }
    }
  }

  async function apply(): Promise<void> {
    const { source, draft, settings, models, isSending } = get()
    const model = modelInForce(models.list, settings, models.fallback)
    if (!source || !model || isSending) return
    if (hindranceOf(draft.instruction, model, draft.references.length)) return
    set({ isSending: true, refusal: null })
    const problem = await send()
    set({ isSending: false, refusal: problem })

    async function send(): Promise<Fault | null> {
      if (!source || !model) return null
      const mask = masks.find(source.asset_id)
      const region = mask?.isMarked
        ? { mask_base64: await toBase64(await mask.toPng()), feather_px: draft.feather }
        : null
      let { session } = get()
      if (session === null) {
        const made = await ask['sessions.create']({})
        if (!made.ok) return made.fault
        session = made.value.session_id
        set({ session })
      }
      const answer = await ask['images.submit'](
        orderOf({
          session_id: session,
          idempotency_key: newKey(),
          instruction: draft.instruction,
          settings,
          model,
          sources: [source.asset_id, ...draft.references.map(({ asset_id }) => asset_id)],
          region,
        }),
      )
      if (!answer.ok) {
        // The chat was deleted meanwhile: the next order makes a new one.
        if (answer.fault.code === 'session_not_found') set({ session: null })
        return answer.fault
      }
      if (get().draft === draft) untouched = draft
      // The end may have overtaken the answer.
      const isOver = ended.has(answer.value.run.run_id)
      if (!isOver) set(({ jobs }) => ({ jobs: withRun(jobs, answer.value.run) }))
      tell('sent')
      return null
    }
  }

  /** Runs that ended while the answer to their order was on its way. */
  const ended = new Set<RunId>()

  async function hearEnd(event: Extract<AnyEvent, { type: 'run.ended' }>): Promise<void> {
    const { run, message } = event
    if (run.kind === 'image') ended.add(run.run_id)
    if (run.kind !== 'image' || !isMadeFrom(run, ids())) return
    if (run.status === 'cancelled') return tell('stopped')
    if (run.status !== 'completed') return tell('failed')
    await reload()
    const made = picturesOf(message)
    tell('made', Math.max(1, made.length))
    const { source, draft, result } = get()
    const isOurs = run.request.image?.source_asset_ids[0] === source?.asset_id
    if (made[0] && isOurs && result === null && untouched === draft) set({ result: made[0] })
  }

  async function reload(): Promise<void> {
    const { source } = get()
    if (!source) return
    const turn = (reloads += 1)
    const tree = await ask['images.versions']({ asset_id: source.asset_id })
    if (tree.ok && turn === reloads && get().source === source)
      set({ versions: versionsOf(source, tree.value.versions) })
  }

  async function retry(run_id: RunId): Promise<void> {
    const answer = await ask['runs.retry']({ run_id, idempotency_key: newKey() })
    if (!answer.ok) return set({ refusal: answer.fault })
    const { run } = answer.value
    dismissed.add(run_id)
    set(({ jobs }) => {
      const others = jobs.filter((job) => job.run.run_id !== run_id)
      return { refusal: null, jobs: ended.has(run.run_id) ? others : withRun(others, run) }
    })
  }

  return Object.assign(store, {
    masks,
    open,
    loadModels,
    draw,
    settle(change: Partial<EditorState['settings']>) {
      const settings = { ...get().settings, ...change }
      keepSettings(shelf, settings)
      set({ settings })
    },
    addReferences,
    sendTo: (session: SessionId | null) => set({ session }),
    apply,
    async stop(run_id: RunId) {
      const answer = await ask['runs.cancel']({ run_id })
      if (!answer.ok) set({ refusal: answer.fault })
    },
    retry,
    dismiss(run_id: RunId) {
      dismissed.add(run_id)
      set(({ jobs }) => ({ jobs: jobs.filter((job) => job.run.run_id !== run_id) }))
    },
    show: (id: AssetId | null) => set(({ source }) => ({ result: id === source?.asset_id ? null : id })),
    async takeResult() {
      const { result, session } = get()
      if (result !== null) await open(result, session)
    },
    forget() {
      asked += 1
      drafts.clear()
      dismissed.clear()
      masks.forget()
      set(begin())
    },
    hear(event: AnyEvent) {
      const { jobs, source } = get()
      const next = foldJobs(jobs, event, ids())
      if (next !== jobs) set({ jobs: next })
      if (event.type === 'run.ended') void hearEnd(event)
      else if (event.type === 'models.changed' && get().models.phase === 'ready') void loadModels()
      else if (event.type === 'session.deleted' && event.session_id === get().session) set({ session: null })
      else if (event.type === 'asset.added' && isMadeOf(event.asset, ids())) void reload()
      else if (event.type === 'asset.deleted' && source) {
        if (event.asset_id === source.asset_id) void open(source.asset_id)
        else if (ids().has(event.asset_id)) {
          if (get().result === event.asset_id) set({ result: null })
          void reload()
        }
      }
    },
  })
}

/** The tree as far as it is known: the picture itself always is. */
const versionsOf = (asset: ImageVersion['asset'], tree: readonly ImageVersion[]): readonly ImageVersion[] =>
  tree.some((version) => version.asset.asset_id === asset.asset_id)
    ? tree
    : [...tree, { asset, parent_id: null, reference_ids: [] }]

const notEditable = (kind: string, isDamaged: true | undefined): Fault | null =>
  isDamaged
    ? fault('asset_integrity_mismatch', 'The stored picture is missing or was changed.')
    : kind === 'image'
      ? null
      : fault('unsupported_media_type', 'Only pictures can be edited.', {})

/** In a chat, by a model, a version may come to be as well. */
const isMadeOf = ({ provenance }: AssetView, ids: ReadonlySet<AssetId>): boolean =>
  provenance.some(({ source_assets }) => source_assets.some(({ asset_id }) => ids.has(asset_id)))

const picturesOf = (message: Message | null): readonly AssetId[] =>
  (message?.parts ?? []).flatMap((part) =>
    part.kind === 'attachment' && part.asset.media_type.startsWith('image/') ? [part.asset.asset_id] : [],
  )

/** What was told meanwhile is newer than what was listed. */
function merged(known: readonly Job[], listed: readonly Job[], ended: ReadonlySet<RunId>): readonly Job[] {
  const at = (jobs: readonly Job[], id: RunId) => jobs.find(({ run }) => run.run_id === id)
  const fresh = listed.filter(({ run }) => !ended.has(run.run_id) && !at(known, run.run_id))
  return [...fresh, ...known].toSorted((a, b) => a.run.submitted_at_ms - b.run.submitted_at_ms)
}
