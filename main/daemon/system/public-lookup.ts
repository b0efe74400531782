import type { LookupFunction } from 'node:net'
import { isPublicAddress } from '../core/net/public-address'
import { Unfetchable } from '../core/net/unfetchable'

export interface Resolved {
  readonly address: string
  readonly family: number
}

/** Where names and addresses are judged; tests put a server of their own on the open internet with it. */
export interface Reach {
  readonly resolve?: (name: string) => Promise<readonly Resolved[]>
  readonly isPublic?: (address: string) => boolean
}

export async function systemResolve(name: string): Promise<readonly Resolved[]> {
  const { lookup } = await import('node:dns/promises')
  return lookup(name, { all: true })
}

/**
 * The lookup of one connection: asked once, every answer looked at, and the connection goes to these answers and to no
 * later ones. One that is not public spoils them all.
 */
export function publicLookup({ resolve = systemResolve, isPublic = isPublicAddress }: Reach): LookupFunction {
  return (name, options, answer) => {
    resolve(name)
      .then((all) => {
        const [first] = all
        if (!first) throw new Unfetchable('unreachable', `There is no address for ${name}.`)
        if (!all.every(({ address }) => isPublic(address))) throw notPublic(name)
        if (options.all) answer(null, [...all])
        else answer(null, first.address, first.family)
      })
      .catch((error: unknown) => answer(error as Error, []))
  }
}

export const notPublic = (host: string): Unfetchable =>
  new Unfetchable('refused', `${host} is not on the open internet, so it isn’t fetched.`)
