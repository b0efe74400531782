import type { DaemonHandlers } from '@contract/calls'
import { fault } from '@contract/fault'
import { subjectKey } from '../core/audio/derivation-key'
import { Failure } from '../core/failure'
import { derivationView } from '../ports/derivations'
import { createDerivation } from './create-derivation'
import type { World } from './world'

/** Canonical texts and previews, made and kept (contract 10.5). */
export const derivations = (on: World) =>
  ({
    'derivations.create': createDerivation(on),
    'derivations.get': ({ derivation_id }) => {
      const record = on.store.derivations.get(derivation_id)
      if (!record) throw new Failure(fault('derivation_not_found', 'There is no such derivation.'))
      return derivationView(record)
    },
    'derivations.list': ({ subject, limit }) => ({
      derivations: on.store.derivations
        .list({ limit, ...(subject ? { subject_key: subjectKey(subject) } : {}) })
        .map(derivationView),
    }),
  }) satisfies Partial<DaemonHandlers>
