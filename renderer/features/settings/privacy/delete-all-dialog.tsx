import type { Fault } from '@contract/fault'
import { useEffect, useState } from 'react'
import type { RendererClient } from '../../../client/client'
import { faultCatalogue, faultWords } from '../../../lib/fault-words'
import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { Callout } from '../../../ui/callout'
import { Dialog } from '../../../ui/dialog'
import { Switch } from '../../../ui/switch'
import { TextField } from '../../../ui/text-field'
import { privacyWords } from './privacy-words'

/** Asks for a typed word, because there is no way back. */
export function DeleteAllDialog(props: {
  readonly client: RendererClient
  readonly open: boolean
  readonly onClose: () => void
  readonly onDone: () => void
}) {
  const t = useWords(privacyWords)
  const sayFault = useWords(faultCatalogue)
  const [typed, setTyped] = useState('')
  const [withKeys, setWithKeys] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  useEffect(() => {
    if (props.open) return
    setTyped('')
    setWithKeys(false)
    setFault(null)
  }, [props.open])
  const isSure = typed.trim() === t('deleteWord')
  const run = async () => {
    setBusy(true)
    const answer = await props.client.ask['storage.deleteAll']({
      confirm: 'delete everything',
      with_keys: withKeys,
    })
    setBusy(false)
    setFault(answer.ok ? null : answer.fault)
    if (answer.ok) props.onDone()
  }
  return (
    <Dialog
      open={props.open}
      onOpenChange={(open) => {
        if (!open && !isBusy) props.onClose()
      }}
      title={t('deleteTitle')}
      closeName={t('cancel')}
      size="small"
    >
      <form
        className="flex flex-col gap-4 p-5"
        onSubmit={(event) => {
          event.preventDefault()
          if (isSure && !isBusy) void run()
        }}
      >
        <p className="text-sm text-muted">{t('deleteBody')}</p>
        <div className="flex items-center gap-2.5 text-sm">
          <Switch name={t('deleteKeys')} checked={withKeys} onChange={setWithKeys} />
          {t('deleteKeys')}
        </div>
        <TextField label={t('deleteType')} value={typed} onChange={(event) => setTyped(event.target.value)} />
        {fault ? (
          <Callout tone="danger" role="alert" title={faultWords(fault, sayFault).title}>
            {faultWords(fault, sayFault).body}
          </Callout>
        ) : null}
        <div className="flex justify-end gap-2">
          <Button onClick={props.onClose} disabled={isBusy}>
            {t('cancel')}
          </Button>
          <Button type="submit" variant="danger" disabled={!isSure} busy={isBusy}>
            {t('deleteAll')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
