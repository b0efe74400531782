import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { Callout } from '../../../ui/callout'
import { attachmentWords } from './attachment-words'

/** There are pictures, and a model that sees none: said before anything is sent. */
export function BlindNotice(props: {
  readonly model: string
  /** The nearest that sees, where one is known. */
  readonly nearest: string | null
  readonly onSwitch: () => void
  readonly onChoose: () => void
}) {
  const t = useWords(attachmentWords)
  return (
    <Callout
      role="status"
      tone="warn"
      title={t('blind.title', { model: props.model })}
      className="mb-2"
      actions={
        <>
          {props.nearest === null ? null : (
            <Button
              size="small"
              variant="primary"
              className="max-w-full min-w-0 shrink"
              onClick={props.onSwitch}
            >
              <span className="truncate">{t('blind.switch', { model: props.nearest })}</span>
            </Button>
          )}
          <Button size="small" onClick={props.onChoose}>
            {t('blind.choose')}
          </Button>
        </>
      }
    >
      {t('blind.body')}
    </Callout>
  )
}
