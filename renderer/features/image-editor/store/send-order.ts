import type { Fault } from '@contract/fault'
import type { RunId } from '@contract/ids'
import { withRun } from '../jobs'
import { toBase64 } from '../mask/to-base64'
import { hindranceOf, modelInForce, orderOf } from '../order'
import { type Desk, tell } from './desk'

/** Orders what the draft says, in the chosen chat or in a new one. */
export async function sendOrder(desk: Desk): Promise<void> {
  const { store } = desk
  const { source, draft, settings, models, isSending } = store.getState()
  const model = modelInForce(models.list, settings, models.fallback)
  if (!source || !model || isSending) return
  if (hindranceOf(draft.instruction, model, draft.references.length)) return
  store.setState({ isSending: true, refusal: null })
  const problem = await send()
  store.setState({ isSending: false, refusal: problem })

  async function send(): Promise<Fault | null> {
    if (!source || !model) return null
    const { ask } = desk.client
    const mask = desk.masks.find(source.asset_id)
    const region = mask?.isMarked
      ? { mask_base64: await toBase64(await mask.toPng()), feather_px: draft.feather }
      : null
    let { session } = store.getState()
    if (session === null) {
      const made = await ask['sessions.create']({})
      if (!made.ok) return made.fault
      session = made.value.session_id
      store.setState({ session })
    }
    const answer = await ask['images.submit'](
      orderOf({
        session_id: session,
        idempotency_key: desk.newKey(),
        instruction: draft.instruction,
        settings,
        model,
        sources: [source.asset_id, ...draft.references.map(({ asset_id }) => asset_id)],
        region,
      }),
    )
    if (!answer.ok) {
      // The chat was deleted meanwhile: the next order makes a new one.
      if (answer.fault.code === 'session_not_found') store.setState({ session: null })
      return answer.fault
    }
    if (store.getState().draft === draft) desk.untouched = draft
    // The end may have overtaken the answer.
    const isOver = desk.ended.has(answer.value.run.run_id)
    if (!isOver) store.setState(({ jobs }) => ({ jobs: withRun(jobs, answer.value.run) }))
    tell(desk, 'sent')
    return null
  }
}

/** Orders once more what failed, in its place. */
export async function retryOrder(desk: Desk, run_id: RunId): Promise<void> {
  const { store, ended } = desk
  const answer = await desk.client.ask['runs.retry']({ run_id, idempotency_key: desk.newKey() })
  if (!answer.ok) return store.setState({ refusal: answer.fault })
  const { run } = answer.value
  desk.dismissed.add(run_id)
  store.setState(({ jobs }) => {
    const others = jobs.filter((job) => job.run.run_id !== run_id)
    return { refusal: null, jobs: ended.has(run.run_id) ? others : withRun(others, run) }
  })
}
