import { Sparkles } from 'lucide-react'
import { useSyncExternalStore, type ReactNode, type Ref } from 'react'
import { useStore } from 'zustand'
import type { SessionId } from '@contract/ids'
import { longestPrompt } from '@contract/image-order'
import { faultCatalogue, faultWords } from '../../../lib/fault-words'
import { priceOfOrder, priceWords } from '../../../lib/price-words'
import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { Callout } from '../../../ui/callout'
import { FaultWays } from '../../../ui/fault-ways'
import { Kbd } from '../../../ui/kbd'
import { Select } from '../../../ui/select'
import { Spinner } from '../../../ui/spinner'
import type { EditorStore } from '../editor-store'
import type { Mask } from '../mask/mask'
import { estimateUsd, hindranceOf, modelInForce, mostReferences } from '../order'
import { editorWords } from '../words'
import { ModelSelect } from './model-choice'
import { OrderFields } from './order-fields'
import { picturesIn, ReferenceList } from './reference-list'

export interface ChatChoice {
  readonly session_id: SessionId
  readonly title: string
}

/** What is to change, by whom, and where it goes. */
export function EditPanel(props: {
  readonly store: EditorStore
  readonly mask: Mask | null
  readonly chats: readonly ChatChoice[]
  readonly instruction: Ref<HTMLTextAreaElement>
}) {
  const { store, mask } = props
  const t = useWords(editorWords)
  const sayFault = useWords(faultCatalogue)
  const sayPrice = useWords(priceWords)
  const draft = useStore(store, (state) => state.draft)
  const settings = useStore(store, (state) => state.settings)
  const models = useStore(store, (state) => state.models)
  const session = useStore(store, (state) => state.session)
  const isSending = useStore(store, (state) => state.isSending)
  const refusal = useStore(store, (state) => state.refusal)
  const isMarked = useSyncExternalStore(mask?.subscribe ?? never, () => mask?.isMarked ?? false)
  const model = modelInForce(models.list, settings, models.fallback)
  const hindrance = hindranceOf(draft.instruction, model, draft.references.length)
  const usd = estimateUsd(model, settings.count)
  const words = refusal && faultWords(refusal, sayFault)
  return (
    <section aria-label={t('edit.title')} className="flex flex-col gap-3">
      <div className="flex flex-col gap-1.5">
        <textarea
          ref={props.instruction}
          aria-label={t('edit.instruction')}
          placeholder={t('edit.placeholder')}
          maxLength={longestPrompt}
          rows={3}
          value={draft.instruction}
          onChange={({ currentTarget }) => store.draw({ instruction: currentTarget.value })}
          onPaste={(event) => {
            const files = picturesIn(event.clipboardData.files)
            if (files.length === 0) return
            event.preventDefault()
            void store.addReferences(files)
          }}
          className="field-sizing-content max-h-48 min-h-20 w-full resize-none rounded-md border border-line-strong bg-canvas px-3 py-2 text-base text-ink focus-visible:border-focus"
        />
        <p className="text-xs text-faint">{t(isMarked ? 'edit.region' : 'edit.whole')}</p>
      </div>
      <Models {...props} />
      <OrderFields model={model} settings={settings} onSettle={(change) => store.settle(change)} />
      <ReferenceList
        references={draft.references}
        most={mostReferences(model)}
        onAdd={(files) => void store.addReferences(files)}
        onRemove={(asset) => store.draw({ references: draft.references.filter((each) => each !== asset) })}
      />
      <Labelled words={t('edit.to')}>
        <Select
          name={t('edit.to')}
          value={session ?? ''}
          choices={[
            { value: '', words: t('edit.newChat') },
            ...props.chats.map((chat) => ({
              value: chat.session_id as string,
              words: shortened(chat.title) || t('edit.untitled'),
            })),
          ]}
          onChange={(id) => store.sendTo(id === '' ? null : (id as SessionId))}
          className="min-w-0 shrink grow basis-0 [&>span]:truncate"
        />
      </Labelled>
      {words && refusal ? (
        <Callout tone="danger" role="alert" title={words.title} actions={<FaultWays offers={words.offers} />}>
          {words.body}
        </Callout>
      ) : null}
      <div className="flex flex-col gap-1.5">
        <Button
          variant="primary"
          size="large"
          busy={isSending}
          disabled={hindrance !== null}
          focusableWhenDisabled
          aria-keyshortcuts="Control+Enter Meta+Enter"
          icon={<Sparkles size={16} aria-hidden="true" />}
          onClick={() => void store.apply()}
        >
          {t('edit.apply')}
        </Button>
        <p className="flex items-center justify-between gap-2 text-xs text-faint">
          <span>{hindrance ? t(`edit.needs.${hindrance}`) : priceOfOrder(usd, sayPrice)}</span>
          <Kbd keys="$mod+Enter" />
        </p>
      </div>
    </section>
  )
}

function Models({ store }: { readonly store: EditorStore }) {
  const t = useWords(editorWords)
  const models = useStore(store, (state) => state.models)
  const settings = useStore(store, (state) => state.settings)
  const model = modelInForce(models.list, settings, models.fallback)
  if (models.phase === 'loading' && models.list.length === 0) {
    return (
      <p role="status" className="flex h-8 items-center gap-2 text-xs text-muted">
        <Spinner /> {t('model.loading')}
      </p>
    )
  }
  if (!model) {
    const isFailed = models.phase === 'failed'
    return (
      <Callout
        tone={isFailed ? 'danger' : 'warn'}
        title={t(isFailed ? 'model.failed' : 'model.none')}
        actions={
          <>
            <Button size="small" onClick={() => void store.loadModels()}>
              {t('retry')}
            </Button>
            <FaultWays offers={['open-routes']} />
          </>
        }
      >
        {isFailed ? models.fault?.detail : t('model.noneBody')}
      </Callout>
    )
  }
  return (
    <ModelSelect
      models={models.list}
      inForce={model}
      onChoose={(choice) => store.settle({ choice, options: {} })}
    />
  )
}

function Labelled({ words, children }: { readonly words: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-w-0 items-center gap-3">
      <span aria-hidden="true" className="shrink-0 text-xs text-muted">
        {words}
      </span>
      {children}
    </div>
  )
}

/** A line of the menu. */
const shortened = (title: string): string => (title.length > 48 ? `${title.slice(0, 47).trimEnd()}…` : title)

const never = () => () => undefined
