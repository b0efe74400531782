import type { SourceId } from '@contract/ids'
import type { ObservationService } from '../ports/observations'
import { createAdmission } from './admit-upload'
import { ingest } from './ingest'
import { retention } from './keep-retention'
import { openMicrophone } from './microphone'
import { findSource, type ObservationPorts } from './observation-ports'
import { selectObservations } from './select-observations'

/** Takes captures in and gives them to runs (contract 11). */
export function createObservations(on: ObservationPorts): ObservationService {
  const retaining = retention(on)
  const keepRetention = retaining.keep
  const admission = createAdmission(on)
  return {
    ingest: ingest({ ...on, admission, keepRetention }),
    checkToken: (id: SourceId, token) => void admission.checkToken(id, token),
    keepRetention,
    source: (id) => findSource(on, id),
    forget: (id) => retaining.forget(findSource(on, id)),
    ...selectObservations({ ...on, keepRetention }),
    microphone: openMicrophone(on),
  }
}
