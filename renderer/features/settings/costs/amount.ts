/** A positive amount of money as a person of `locale` types it: `5`, `2.50`, `2,50`, `1.000,50`; else undefined. */
export function parseAmount(text: string, locale: string): number | undefined {
  const parts = new Intl.NumberFormat(locale).formatToParts(1_234_567.8)
  const group = parts.find(({ type }) => type === 'group')?.value ?? ''
  const decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.'
  const bare = text.replaceAll(/[\s$]/gu, '')
  const grouped = new RegExp(`^\\d{1,3}(?:${escape(group)}\\d{3})+(?:${escape(decimal)}\\d*)?$`, 'u')
  const plain = grouped.test(bare) && group.trim() !== '' ? bare.replaceAll(group, '') : bare
  // One mark without groups is a decimal mark, whichever the person's keyboard has.
  const match = /^(\d*)(?:[.,](\d*))?$/u.exec(plain)
  if (!match || bare === '') return undefined
  const usd = Number(`${match[1] || '0'}.${match[2] || '0'}`)
  return usd > 0 && usd <= 1_000_000 ? usd : undefined
}

const escape = (mark: string): string => mark.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)
