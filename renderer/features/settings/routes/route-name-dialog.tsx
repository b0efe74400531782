import { type FormEvent, useRef, useState } from 'react'
import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { Dialog } from '../../../ui/dialog'
import { TextField } from '../../../ui/text-field'
import { routesWords } from './words'

/** Asks for the name of a route: a new one's, or another one for `renames`. */
export function RouteNameDialog(props: {
  readonly open: boolean
  readonly onClose: () => void
  readonly renames?: string
  readonly taken: readonly string[]
  readonly onName: (name: string) => void
}) {
  const { open, onClose, renames, taken, onName } = props
  const t = useWords(routesWords)
  const field = useRef<HTMLInputElement>(null)
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
      title={renames === undefined ? t('addTitle') : t('renameTitle', { route: renames })}
      closeName={t('cancel')}
      size="small"
      initialFocus={field}
    >
      <NameForm
        field={field}
        {...(renames === undefined ? {} : { renames })}
        taken={taken}
        onClose={onClose}
        onName={onName}
      />
    </Dialog>
  )
}

function NameForm(props: {
  readonly field: React.RefObject<HTMLInputElement | null>
  readonly renames?: string
  readonly taken: readonly string[]
  readonly onClose: () => void
  readonly onName: (name: string) => void
}) {
  const { field, renames, taken, onClose, onName } = props
  const t = useWords(routesWords)
  const [name, setName] = useState(renames ?? '')
  const [isTold, setTold] = useState(false)
  const problem =
    taken.includes(name) && name !== renames ? 'nameTaken' : isRouteName(name) ? null : 'nameWrong'
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    // A form inside a dialog inside another: the event goes up the tree of React.
    event.stopPropagation()
    setTold(true)
    if (problem) return field.current?.focus()
    onClose()
    if (name !== renames) onName(name)
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4 p-5">
      <TextField
        label={t('name')}
        mono
        inputRef={field}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        hint={
          renames === undefined
            ? t('nameHint', { name: name === '' ? 'openrouter' : name })
            : t('renameHint', { route: renames })
        }
        problem={problem && (isTold || problem === 'nameTaken') ? t(problem) : undefined}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="submit" variant="primary">
          {renames === undefined ? t('addDo') : t('renameDo')}
        </Button>
      </div>
    </form>
  )
}

/** Contract 2.3. */
const isRouteName = (name: string): boolean => /^[^\s\p{Cc}/]{1,128}$/u.test(name)
