import type { Answer, Fault } from '@contract/fault'
import { type FormEvent, useRef, useState } from 'react'
import { faultCatalogue, faultWords } from '../../../lib/fault-words'
import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { Callout } from '../../../ui/callout'
import { FaultWays } from '../../../ui/fault-ways'
import { TextField } from '../../../ui/text-field'
import { settingsWords } from '../words'

/** A masked field for a key. The key is read when the form is sent, goes into one call and is held nowhere. */
export function KeyForm(props: {
  readonly label: string
  readonly onCancel: () => void
  readonly onKey: (value: string) => Promise<Answer<unknown>>
  /** Focus starts elsewhere in the form around it. */
  readonly isSecond?: boolean
}) {
  const { label, onCancel, onKey, isSecond } = props
  const t = useWords(settingsWords)
  const tFault = useWords(faultCatalogue)
  const field = useRef<HTMLInputElement>(null)
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const words = fault ? faultWords(fault, tFault) : null
  const isOfKey = fault?.code === 'secret_rejected' || fault?.code === 'secret_source_invalid'
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const value = field.current?.value.trim() ?? ''
    if (value === '') return field.current?.focus()
    setBusy(true)
    setFault(null)
    const answer = await onKey(value)
    setBusy(false)
    if (!answer.ok) setFault(answer.fault)
    else if (field.current) field.current.value = ''
  }
  return (
    <form onSubmit={(event) => void save(event)} className="flex flex-col gap-3">
      <TextField
        label={label}
        type="password"
        inputRef={field}
        placeholder="sk-or-v1-…"
        mono
        autoFocus={isSecond !== true}
        hint={t('keyHint')}
        problem={words && isOfKey ? `${words.title}. ${words.body}` : undefined}
      />
      {words && !isOfKey ? (
        <Callout
          tone="danger"
          role="alert"
          title={words.title}
          actions={<FaultWays offers={words.offers} except="open-keys" />}
        >
          {words.body}
        </Callout>
      ) : null}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" busy={isBusy}>
          {t('save')}
        </Button>
        <Button onClick={onCancel} disabled={isBusy}>
          {t('cancel')}
        </Button>
        <span role="status" className="text-xs text-muted">
          {isBusy ? t('testing') : ''}
        </span>
      </div>
    </form>
  )
}
