import { follow, waysOf } from '../lib/fault-offers'
import { faultCatalogue, type FaultOffer } from '../lib/fault-words'
import { useWords } from '../lib/words'
import { Button } from './button'

/** A button for each place where a fault can be mended; `except` is where the person is already. */
export function FaultWays(props: { readonly offers: readonly FaultOffer[]; readonly except?: FaultOffer }) {
  const t = useWords(faultCatalogue)
  return waysOf(props.offers)
    .filter((way) => way !== props.except)
    .map((way) => (
      <Button key={way} size="small" onClick={() => follow(way)}>
        {t(`way.${way}`)}
      </Button>
    ))
}
