import { faultCatalogue, type FaultOffer, type FaultWords } from './fault-words'
import { say } from './words'

/** Offers that lead somewhere; the others belong to the place where the fault is shown. */
export type FaultWay = Extract<FaultOffer, 'open-keys' | 'open-routes' | 'open-costs'>

const ways: readonly FaultOffer[] = ['open-keys', 'open-routes', 'open-costs']
let lead: (way: FaultWay) => void = () => undefined

/** The app says once where the ways lead. Returns the undo. */
export function leadWith(next: (way: FaultWay) => void): () => void {
  lead = next
  return () => {
    if (lead === next) lead = () => undefined
  }
}

export const follow = (way: FaultWay): void => lead(way)

/** The ways among offers, in their order. */
export const waysOf = (offers: readonly FaultOffer[]): readonly FaultWay[] =>
  offers.filter((offer): offer is FaultWay => ways.includes(offer))

/** The best way, as a button of a toast; nothing where none leads anywhere. */
export function wayOut({ offers }: FaultWords): {
  readonly action?: { readonly words: string; readonly run: () => void }
} {
  const [way] = waysOf(offers)
  return way === undefined
    ? {}
    : { action: { words: say(faultCatalogue)(`way.${way}`), run: () => follow(way) } }
}
