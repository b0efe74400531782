import { formatUsd } from './format'
import { addWords, formatLocale, type Say } from './words'

/** What pictures will cost, said before they are ordered. */
export const priceWords = addWords('price-of-order', {
  en: { about: 'About {{price}}', byTokens: 'Billed by tokens' },
  de: { about: 'Etwa {{price}}', byTokens: 'Nach Token berechnet' },
})

/** `usd`: US dollars of the whole order; undefined where the catalogue has no price for one picture. */
export const priceOfOrder = (usd: number | undefined, t: Say<(typeof priceWords)['words']>): string =>
  usd === undefined ? t('byTokens') : t('about', { price: formatUsd(usd, formatLocale()) })
