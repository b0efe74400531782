import type { Preferences } from '@contract/preferences'
import type { World } from './world'

/** `preferences.get` and `preferences.set`. */
export const preferences = ({ store, publish }: Pick<World, 'store' | 'publish'>) => ({
  get: (): Preferences => store.preferences.get(),

  set: (patch: { readonly [K in keyof Preferences]?: Preferences[K] | undefined }): Preferences => {
    // A key that is there but undefined says nothing.
    const said = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
    const now = store.preferences.set(said)
    publish({ type: 'preferences.changed', preferences: now })
    return now
  },
})
