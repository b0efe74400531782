import type { AssetCollection, AssetRow } from '@contract/assets'
import { useRef, useState } from 'react'
import type { RendererClient } from '../../../client/client'
import { formatBytes, formatNumber } from '../../../lib/format'
import { formatLocale, useWords } from '../../../lib/words'
import { AlertDialog } from '../../../ui/alert-dialog'
import { Button } from '../../../ui/button'
import { tellFault } from '../../../ui/tell-fault'
import { toast } from '../../../ui/toast'
import { Setting } from '../setting'
import { privacyWords } from './privacy-words'

/** Contract 7.6: younger ones may still be about to be sent. */
const dayMs = 86_400_000
/** Files that are named before they go. */
const named = 5

interface Plan {
  readonly collection: AssetCollection
  readonly first: readonly AssetRow[]
}

/** Deletes what nothing needs, after showing it. */
export function CleanUp(props: { readonly client: RendererClient; readonly onDone: () => void }) {
  const { client, onDone } = props
  const t = useWords(privacyWords)
  const locale = formatLocale()
  const [isBusy, setBusy] = useState(false)
  const [plan, setPlan] = useState<Plan | null>(null)
  // While it closes it says what it said.
  const last = useRef(plan)
  last.current = plan ?? last.current

  const look = async (): Promise<void> => {
    setBusy(true)
    const answer = await client.ask['assets.gc']({ dry_run: true, older_than_ms: dayMs })
    const first = answer.ok ? await firstOf(client, answer.value) : []
    setBusy(false)
    if (!answer.ok) tellFault(answer.fault)
    else if (answer.value.assets.length + answer.value.orphan_files === 0)
      toast({ title: t('cleanUp.nothing'), body: t('cleanUp.nothingBody') })
    else setPlan({ collection: answer.value, first })
  }
  const clean = async (): Promise<void> => {
    setBusy(true)
    const answer = await client.ask['assets.gc']({ dry_run: false, older_than_ms: dayMs })
    setBusy(false)
    if (!answer.ok) return tellFault(answer.fault)
    toast({ title: t('cleanUp.done', { size: sizeOf(answer.value, locale) }) })
    onDone()
  }
  return (
    <Setting name={t('cleanUp.name')} hint={t('cleanUp.hint')}>
      <Button size="small" busy={isBusy} onClick={() => void look()}>
        {t('cleanUp.button')}
      </Button>
      {last.current ? (
        <AlertDialog
          open={plan !== null}
          onOpenChange={(open) => open || setPlan(null)}
          danger
          title={t('cleanUp.title', { size: sizeOf(last.current.collection, locale) })}
          body={<Shown {...last.current} />}
          cancel={t('cancel')}
          confirm={t('cleanUp.confirm')}
          onConfirm={() => void clean()}
        />
      ) : null}
    </Setting>
  )
}

function Shown({ collection, first }: Plan) {
  const t = useWords(privacyWords)
  const counted = (count: number) => ({ count, number: formatNumber(count, formatLocale()) })
  const { assets, orphan_files, skipped } = collection
  const more = assets.length - first.length
  return (
    <div className="flex flex-col gap-2">
      {assets.length === 0 ? null : <p>{t('cleanUp.files', counted(assets.length))}</p>}
      {first.length === 0 ? null : (
        <ul className="text-ink">
          {first.map(({ asset_id, file_name }) => (
            <li key={asset_id} className="truncate">
              {file_name}
            </li>
          ))}
          {more > 0 ? <li className="text-faint">{t('cleanUp.more', counted(more))}</li> : null}
        </ul>
      )}
      {orphan_files === 0 ? null : <p>{t('cleanUp.orphans', counted(orphan_files))}</p>}
      {skipped === 0 ? null : <p>{t('cleanUp.kept', counted(skipped))}</p>}
    </div>
  )
}

const sizeOf = (collection: AssetCollection, locale: string): string =>
  formatBytes(collection.reclaimable_bytes, locale)

async function firstOf(client: RendererClient, { assets }: AssetCollection): Promise<readonly AssetRow[]> {
  const answers = await Promise.all(
    assets.slice(0, named).map(({ asset_id }) => client.ask['assets.get']({ asset_id })),
  )
  return answers.flatMap((answer) => (answer.ok ? [answer.value] : []))
}
