import { ArrowLeft, Check, Copy, Download } from 'lucide-react'
import type { AssetId } from '@contract/ids'
import type { AssetDeeds } from '../../../lib/asset-deeds'
import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { IconButton } from '../../../ui/icon-button'
import { Segmented } from '../../../ui/segmented'
import { editorWords } from '../words'
import { compareIcons } from './compare'
import { type CompareWay, compareWays } from './compare-pictures'

/** In the place of the tools while a result is looked at. */
export function CompareBar(props: {
  readonly result: AssetId
  readonly way: CompareWay
  readonly onWay: (way: CompareWay) => void
  readonly deeds: AssetDeeds
  readonly onUse: () => void
  readonly onBack: () => void
}) {
  const { result, deeds } = props
  const t = useWords(editorWords)
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-canvas px-3 py-1.5">
      <IconButton
        className="-ml-1"
        name={t('compare.back')}
        keys="Escape"
        icon={<ArrowLeft size={16} aria-hidden="true" />}
        onClick={props.onBack}
      />
      <Segmented
        name={t('compare.how')}
        value={props.way}
        choices={compareWays.map((way) => {
          const Icon = compareIcons[way]
          return { value: way, words: t(`compare.${way}`), icon: <Icon size={14} aria-hidden="true" /> }
        })}
        onChange={props.onWay}
      />
      <span className="grow" />
      <div className="flex items-center gap-1">
        <IconButton
          name={t('save')}
          icon={<Download size={16} aria-hidden="true" />}
          onClick={() => void deeds.onSave(result)}
        />
        <IconButton
          name={t('copy')}
          icon={<Copy size={16} aria-hidden="true" />}
          onClick={() => void deeds.onCopy(result)}
        />
        <Button
          variant="primary"
          className="ml-1"
          icon={<Check size={15} aria-hidden="true" />}
          onClick={props.onUse}
        >
          {t('compare.use')}
        </Button>
      </div>
    </div>
  )
}
