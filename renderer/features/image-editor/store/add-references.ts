import type { PickedFile } from '@contract/bridge'
import { modelInForce, mostReferences } from '../order'
import { type Desk, draw } from './desk'
import { notEditable } from './not-editable'

/** Takes pictures in, to be given along. Answers how many found no place with the model in force. */
export async function addReferences(desk: Desk, files: readonly PickedFile[]): Promise<number> {
  const { store, client } = desk
  const { source, models, settings } = store.getState()
  const model = modelInForce(models.list, settings, models.fallback)
  for (const [at, file] of files.entries()) {
    if (store.getState().draft.references.length >= mostReferences(model)) return files.length - at
    const answer = await client.importFile(file, desk.newKey())
    if (store.getState().source !== source) return 0
    const problem = answer.ok ? notEditable(answer.value) : answer.fault
    if (problem || !answer.ok) store.setState({ refusal: problem })
    else {
      const { references } = store.getState().draft
      const { asset_id } = answer.value
      const isThere = asset_id === source?.asset_id || references.some((each) => each.asset_id === asset_id)
      if (!isThere) draw(desk, { references: [...references, answer.value] })
    }
  }
  return 0
}
