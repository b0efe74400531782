import { ChevronRight } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { ImageModelView } from '@contract/images'
import { mostPictures } from '@contract/image-order'
import { useWords } from '../../../lib/words'
import { classNames } from '../../../ui/class-names'
import { Segmented } from '../../../ui/segmented'
import { Select } from '../../../ui/select'
import { inputLook } from '../../../ui/text-field'
import { optionsOf, type OptionField, type OrderSettings, sizes } from '../order'
import { editorWords } from '../words'

const counts = Array.from({ length: mostPictures }, (_, at) => String(at + 1))

/** How many, how large, and whatever else the model knows. */
export function OrderFields(props: {
  readonly model: ImageModelView | undefined
  readonly settings: OrderSettings
  readonly onSettle: (change: Partial<OrderSettings>) => void
}) {
  const { model, settings, onSettle } = props
  const t = useWords(editorWords)
  const [isOpen, setOpen] = useState(false)
  const fields = optionsOf(model)
  return (
    <>
      <div className="flex flex-wrap gap-x-4 gap-y-3">
        <Field words={t('count')}>
          <Segmented
            name={t('count')}
            value={String(settings.count)}
            choices={counts.map((count) => ({ value: count, words: count }))}
            onChange={(count) => onSettle({ count: Number(count) })}
          />
        </Field>
        <Field words={t('size')} className="min-w-36 grow">
          <Select
            name={t('size')}
            value={settings.size}
            choices={sizes.map((size) => ({ value: size as string, words: t(`sizes.${size}`) }))}
            onChange={(size) => onSettle({ size })}
            className="w-full"
          />
        </Field>
      </div>
      {fields.length === 0 ? null : (
        <div>
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            className="-ml-1 flex h-7 items-center gap-1 rounded-sm px-1 text-xs text-muted hover:text-ink"
          >
            <ChevronRight
              size={14}
              aria-hidden="true"
              className={classNames('transition-transform', isOpen && 'rotate-90')}
            />
            {t('options.title')}
          </button>
          {isOpen ? (
            <div className="mt-1.5 grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-3">
              {fields.map((field) => (
                <Field key={field} words={t(`options.${field}`)}>
                  <Option field={field} model={model} settings={settings} onSettle={onSettle} />
                </Field>
              ))}
            </div>
          ) : null}
        </div>
      )}
    </>
  )
}

function Option(props: {
  readonly field: OptionField
  readonly model: ImageModelView | undefined
  readonly settings: OrderSettings
  readonly onSettle: (change: Partial<OrderSettings>) => void
}) {
  const { field, model, settings, onSettle } = props
  const t = useWords(editorWords)
  const descriptor = model?.parameters[field]
  const { [field]: value, ...others } = settings.options
  const put = (next: string | number | undefined): void =>
    onSettle({ options: next === undefined ? others : { ...others, [field]: next } })
  if (descriptor?.type === 'enum' && field !== 'seed') {
    return (
      <Select
        name={t(`options.${field}`)}
        value={typeof value === 'string' && descriptor.values.includes(value) ? value : ''}
        choices={[
          { value: '', words: t('options.auto') },
          ...descriptor.values.map((each) => ({ value: each, words: each })),
        ]}
        onChange={(next) => put(next === '' ? undefined : next)}
        className="w-full"
      />
    )
  }
  const isNumber = field === 'seed'
  return (
    <input
      aria-label={t(`options.${field}`)}
      type={isNumber ? 'number' : 'text'}
      {...(descriptor?.type === 'range' ? { min: descriptor.min, max: descriptor.max } : {})}
      value={value ?? ''}
      placeholder={t('options.auto')}
      onChange={({ currentTarget }) => {
        const number = Math.trunc(currentTarget.valueAsNumber)
        if (!isNumber) put(currentTarget.value.slice(0, 16) || undefined)
        else put(Number.isSafeInteger(number) ? number : undefined)
      }}
      className={classNames(inputLook, 'h-8')}
    />
  )
}

function Field(props: { readonly words: string; readonly className?: string; readonly children: ReactNode }) {
  return (
    <div className={classNames('flex min-w-0 flex-col gap-1', props.className)}>
      <span aria-hidden="true" className="text-xs text-muted">
        {props.words}
      </span>
      {props.children}
    </div>
  )
}
