import { Select } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import type { ImageModelView } from '@contract/images'
import { formatUsd } from '../../../lib/format'
import { formatLocale, useWords } from '../../../lib/words'
import { buttonLook } from '../../../ui/button'
import { classNames } from '../../../ui/class-names'
import { groupModels, type ModelChoice } from '../order'
import { editorWords } from '../words'

/** The models that edit, in groups of their routes, with what a picture costs. */
export function ModelSelect(props: {
  readonly models: readonly ImageModelView[]
  readonly inForce: ImageModelView | undefined
  readonly onChoose: (choice: ModelChoice) => void
}) {
  const t = useWords(editorWords)
  const { models, inForce } = props
  const price = (model: ImageModelView): string =>
    model.usd_per_image === undefined
      ? ''
      : t('model.each', { cost: formatUsd(model.usd_per_image, formatLocale()) })
  return (
    <Select.Root
      value={inForce ? keyOf(inForce) : null}
      onValueChange={(key) => {
        const model = models.find((each) => keyOf(each) === key)
        if (model) props.onChoose({ provider: model.route_id, model: model.id })
      }}
    >
      <Select.Trigger
        aria-label={t('model.name')}
        className={classNames(
          buttonLook({ variant: 'secondary' }),
          'w-full min-w-0 justify-between pr-2 font-normal',
        )}
      >
        <span className="min-w-0 truncate">{inForce?.name ?? ''}</span>
        <span className="flex items-center gap-1.5 text-xs text-faint">
          {inForce ? price(inForce) : ''}
          <ChevronsUpDown size={13} aria-hidden="true" />
        </span>
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <Select.Popup className="popup max-h-[var(--available-height)] w-[var(--anchor-width)] min-w-70 overflow-y-auto p-1">
            {groupModels(models).map((group) => (
              <Select.Group key={group.route_id}>
                <Select.GroupLabel className="px-2 pt-2 pb-1 text-xs text-faint">
                  {group.route_id}
                </Select.GroupLabel>
                {group.models.map((model) => (
                  <Select.Item
                    key={keyOf(model)}
                    value={keyOf(model)}
                    className="flex min-h-7.5 items-center gap-2 rounded-xs py-1 pr-2 pl-2 text-sm outline-none select-none data-[highlighted]:bg-hover"
                  >
                    <span className="flex w-4 shrink-0 justify-center">
                      <Select.ItemIndicator>
                        <Check size={14} aria-hidden="true" />
                      </Select.ItemIndicator>
                    </span>
                    <Select.ItemText className="min-w-0 grow wrap-anywhere">{model.name}</Select.ItemText>
                    <span className="shrink-0 text-xs text-faint tabular-nums">{price(model)}</span>
                  </Select.Item>
                ))}
              </Select.Group>
            ))}
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  )
}

const keyOf = (model: ImageModelView): string => `${model.route_id} ${model.id}`
