import type { Fault } from '@contract/fault'
import { faultCatalogue, faultWords } from '../../lib/fault-words'
import { useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { Callout } from '../../ui/callout'

/** Why there is nothing to show, and a way to look again. */
export function FaultNote(props: {
  readonly fault: Fault
  readonly again: string
  readonly onAgain: () => void
}) {
  const words = faultWords(props.fault, useWords(faultCatalogue))
  return (
    <Callout
      tone="danger"
      role="alert"
      title={words.title}
      actions={
        <Button size="small" onClick={props.onAgain}>
          {props.again}
        </Button>
      }
    >
      {words.body}
    </Callout>
  )
}
