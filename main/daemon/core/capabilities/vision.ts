import { fault, type FaultOf } from '@contract/fault'
import type { Choice } from '@contract/seeing'

/** Why pictures are refused before anything is stored or sent. */
export function blind(asked: Choice, nearest: Choice | undefined): FaultOf<'capability_unsupported'> {
  const instead = nearest ? ` ${nearest.model} can.` : ' Choose a model that can.'
  return fault('capability_unsupported', `${asked.model} can’t see pictures here.${instead}`, {
    capability: 'vision',
    model: asked.model,
    ...(nearest ? { nearest } : {}),
  })
}
