import { mostAttachments } from '../features/composer/attachments/attachment'
import { attachmentWords } from '../features/composer/attachments/attachment-words'
import type { Refused } from '../features/composer/attachments/read-transfer'
import { formatLocale, say } from '../lib/words'
import { formatNumber } from '../lib/format'
import { toast } from '../ui/toast'

/** Names of files that were attached already: nothing is wrong, so it is said in passing. */
export function tellDuplicates(names: readonly string[]): void {
  toast({ title: say(attachmentWords)('duplicate', { count: names.length, name: names[0] ?? '' }) })
}

export function tellTooMany(count: number): void {
  if (count === 0) return
  const most = formatNumber(mostAttachments, formatLocale())
  toast({ title: say(attachmentWords)('tooMany', { count, most }), tone: 'danger' })
}

/** One sentence for each reason, with the first name. */
export function tellRefused(refused: readonly Refused[]): void {
  const t = say(attachmentWords)
  for (const why of ['folder', 'remote', 'nothing'] as const) {
    const first = refused.find((each) => each.why === why)
    if (!first) continue
    const key = why === 'remote' && first.name !== '' ? 'remoteFrom' : why
    toast({ title: t('notAdded'), body: t(`refused.${key}`, { name: first.name }), tone: 'danger' })
  }
}
