import { fault } from '@contract/fault'
import type { SlotId } from '@contract/ids'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { RendererClient } from '../../../client/client'
import { saveKey, type Keep } from '../../../client/keys'
import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { TextField } from '../../../ui/text-field'
import { toast } from '../../../ui/toast'
import { settingsWords } from '../words'
import { KeyForm } from './key-form'
import { freeSlotName } from './free-slot-name'

/** A key under a name of its own, for a route to come. */
export function AddSlot(props: {
  readonly client: RendererClient
  readonly keep: Keep
  readonly taken: readonly string[]
}) {
  const { client, keep, taken } = props
  const t = useWords(settingsWords)
  const [name, setName] = useState<string | null>(null)
  if (name === null) {
    return (
      <div>
        <Button icon={<Plus size={14} aria-hidden="true" />} onClick={() => setName(freeSlotName(taken))}>
          {t('addSlot')}
        </Button>
      </div>
    )
  }
  const problem = taken.includes(name) ? t('slotTaken') : isSlotName(name) ? undefined : t('slotWrong')
  const save = async (value: string): Promise<Awaited<ReturnType<typeof saveKey>>> => {
    if (problem !== undefined) return { ok: false, fault: fault('secret_source_invalid', problem) }
    const answer = await saveKey(client, name as SlotId, { kind: 'inline', value }, keep)
    if (answer.ok) {
      toast({ title: t('saved') })
      setName(null)
    }
    return answer
  }
  return (
    <section aria-label={t('addSlot')} className="flex flex-col gap-3 rounded-md border border-line p-3.5">
      <TextField
        label={t('slotName')}
        mono
        autoFocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        hint={t('slotNameHint')}
        problem={problem}
      />
      <KeyForm label={t('key')} isSecond onCancel={() => setName(null)} onKey={save} />
    </section>
  )
}

/** Contract 4.2. */
const isSlotName = (name: string): boolean => /^[^\s\p{Cc}]{1,128}$/u.test(name)
