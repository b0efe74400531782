import { formatUsd } from '../../../lib/format'
import { formatLocale, useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { Callout } from '../../../ui/callout'
import type { ChatChoice, Extra } from './extras'
import { extrasWords } from './extras-words'

/** The bill of extras, before anything is sent; once for each choice. */
export function ExtrasNotice(props: {
  readonly choice: ChatChoice
  readonly extras: readonly Extra[]
  readonly onUnderstood: () => void
}) {
  const t = useWords(extrasWords)
  const { model, view } = props.choice
  const usd = (price: number) => formatUsd(price, formatLocale())
  const words = (extra: Extra): string => {
    if (extra.kind === 'web') return t('web')
    if (extra.kind === 'pictures')
      return extra.usd === undefined
        ? t('picturesUnknown', { model })
        : t('pictures', { model, price: usd(extra.usd) })
    const price = view?.completion_usd_per_million
    return price === undefined ? t('reasoningUnknown') : t('reasoning', { price: usd(price) })
  }
  return (
    <Callout
      role="status"
      title={t('title')}
      className="mb-2"
      actions={
        <Button size="small" onClick={props.onUnderstood}>
          {t('understood')}
        </Button>
      }
    >
      {props.extras.map((extra) => (
        <p key={extra.kind}>{words(extra)}</p>
      ))}
    </Callout>
  )
}
