import type { AssetRow, AssetView } from '@contract/assets'
import type { AssetId, MessageId, SessionId } from '@contract/ids'
import { ArrowLeft, Copy, Download, ExternalLink, MessageSquarePlus, Pencil, Trash2, X } from 'lucide-react'
import { type ReactNode, useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import type { RendererClient } from '../../client/client'
import type { AssetDeeds } from '../../lib/asset-deeds'
import { faultCatalogue, faultWords } from '../../lib/fault-words'
import { useWords } from '../../lib/words'
import { Button } from '../../ui/button'
import { Callout } from '../../ui/callout'
import { DocumentText } from '../../ui/document-text'
import { IconButton } from '../../ui/icon-button'
import { AssetFacts } from './asset-facts'
import { AssetGraph, UsedIn } from './asset-graph'
import { AssetPreview } from './asset-preview'
import { createAssetPage } from './create-asset-page'
import { HowMade } from './how-made'
import { libraryWords } from './words'

export interface AssetPageProps {
  readonly client: RendererClient
  readonly id: AssetId
  readonly nowMs: number
  /** It has the library's whole place, and leads back to it. */
  readonly isWhole: boolean
  readonly deeds: AssetDeeds
  readonly onClose: () => void
  readonly onOpen: (id: AssetId) => void
  readonly onView: (id: AssetId) => void
  readonly onEdit: (id: AssetId) => void
  readonly onUse: (assets: readonly AssetRow[]) => void
  readonly onDelete: (assets: readonly AssetRow[]) => void
  readonly onOpenMessage: (session: SessionId, message: MessageId | null) => void
}

/** One asset: what it is, how it was made, what was made from it, and where it is used. */
export function AssetPage(props: AssetPageProps) {
  const { client, id } = props
  const t = useWords(libraryWords)
  const tFault = useWords(faultCatalogue)
  const page = useMemo(() => createAssetPage(client), [client])
  useEffect(() => client.listen((event) => page.hear(event)), [client, page])
  useEffect(() => void page.show(id), [page, id])
  const asset = useStore(page, (state) => state.asset)
  const fault = useStore(page, (state) => state.fault)
  const words = fault && faultWords(fault, tFault)
  const name = asset?.file_name ?? ''
  return (
    <article aria-label={t('page.name', { name })} className="flex h-full min-w-0 flex-col bg-canvas">
      <header className="flex h-12 shrink-0 items-center gap-1 border-b border-line pr-2 pl-4">
        {props.isWhole ? (
          <IconButton
            className="-ml-2"
            name={t('page.back')}
            icon={<ArrowLeft size={16} />}
            onClick={props.onClose}
          />
        ) : null}
        <h3 className="selectable min-w-0 grow truncate text-sm font-medium" title={name}>
          {name}
        </h3>
        {asset ? (
          <IconButton
            name={t('delete')}
            icon={<Trash2 size={15} />}
            onClick={() => props.onDelete([asset])}
          />
        ) : null}
        {props.isWhole ? null : (
          <IconButton name={t('page.close')} icon={<X size={16} />} onClick={props.onClose} />
        )}
      </header>
      <div className="min-h-0 grow overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-5 p-4">
          {words ? (
            <Callout
              tone="danger"
              role="alert"
              title={words.title}
              actions={
                <Button size="small" onClick={() => void page.show(id)}>
                  {t('retry')}
                </Button>
              }
            >
              {words.body}
            </Callout>
          ) : null}
          {asset ? <Body {...props} page={page} asset={asset} /> : null}
        </div>
      </div>
    </article>
  )
}

function Body(
  props: AssetPageProps & {
    readonly asset: AssetView
    readonly page: ReturnType<typeof createAssetPage>
  },
) {
  const { asset, page } = props
  const t = useWords(libraryWords)
  const graph = useStore(page, (state) => state.graph)
  const text = useStore(page, (state) => state.text)
  const prompts = useStore(page, (state) => state.prompts)
  const view = (): void => props.onView(asset.asset_id)
  return (
    <>
      {asset.is_quarantined ? (
        <Callout tone="warn" title={t('page.quarantined')}>
          {t('page.quarantinedBody')}
        </Callout>
      ) : (
        <AssetPreview asset={asset} onView={view} />
      )}
      {text === null ? null : (
        <Part title={t('page.text')}>
          <div
            className="max-h-72 overflow-auto rounded-md border border-line bg-surface p-3"
            tabIndex={0}
            role="group"
            aria-label={t('page.text')}
          >
            <DocumentText
              mediaType={asset.media_type}
              text={text.text}
              cut={text.is_cut || asset.is_text_cut ? t('page.cut') : null}
              cutTable={t('page.cutTable')}
            />
          </div>
          <Button size="small" variant="ghost" className="mt-1 -ml-2.5" onClick={view}>
            {t(text.is_cut ? 'page.all' : 'page.larger')}
          </Button>
        </Part>
      )}
      <Actions {...props} />
      <Part title={t('page.facts')}>
        <AssetFacts asset={asset} />
      </Part>
      {asset.provenance.length === 0 ? null : (
        <Part title={t('page.made')}>
          <ul className="flex flex-col gap-2">
            {asset.provenance.map((made) => (
              <HowMade
                key={`${made.tool_call_id} ${made.output_index}`}
                made={made}
                prompt={prompts.get(made.run_id)}
              />
            ))}
          </ul>
        </Part>
      )}
      {graph && graph.made_from.length + graph.made_into.length > 0 ? (
        <Part title={t('page.graph')}>
          <AssetGraph asset={asset} graph={graph} onOpen={props.onOpen} />
        </Part>
      ) : null}
      {graph ? (
        <Part title={t('page.usedIn')}>
          <UsedIn graph={graph} nowMs={props.nowMs} onOpenMessage={props.onOpenMessage} />
        </Part>
      ) : null}
    </>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h4 className="mb-1.5 text-xs font-medium text-faint">{title}</h4>
      {children}
    </section>
  )
}

function Actions({ asset, onUse, onEdit, deeds }: AssetPageProps & { readonly asset: AssetView }) {
  const t = useWords(libraryWords)
  const { asset_id: id } = asset
  if (asset.is_quarantined) return null
  return (
    <div className="flex items-center gap-1">
      <Button
        size="small"
        variant="primary"
        className="mr-1"
        icon={<MessageSquarePlus size={14} aria-hidden="true" />}
        onClick={() => onUse([asset])}
      >
        {t('use')}
      </Button>
      {asset.kind === 'image' ? (
        <IconButton name={t('edit')} icon={<Pencil size={15} />} onClick={() => onEdit(id)} />
      ) : null}
      <IconButton name={t('save')} icon={<Download size={15} />} onClick={() => void deeds.onSave(id)} />
      {asset.kind === 'image' ? (
        <IconButton name={t('copy')} icon={<Copy size={15} />} onClick={() => void deeds.onCopy(id)} />
      ) : null}
      <IconButton
        name={t('openWith')}
        icon={<ExternalLink size={15} />}
        onClick={() => void deeds.onOpenWith(id)}
      />
    </div>
  )
}
