import type { Fault } from '@contract/fault'
import { mergeSettings } from '@contract/merge-settings'
import type { RequestSettings, RequestSettingsView, SettingsScope } from '@contract/request-settings'
import type { SessionId } from '@contract/ids'
import { useEffect, useState } from 'react'
import type { RendererClient } from '../../../client/client'
import { faultCatalogue, faultWords } from '../../../lib/fault-words'
import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { Callout } from '../../../ui/callout'
import { Dialog } from '../../../ui/dialog'
import { Segmented } from '../../../ui/segmented'
import { toast } from '../../../ui/toast'
import { draftOf, settingsOf } from './request-draft'
import { RequestSettingsForm } from './request-settings-form'
import { requestWords } from './request-words'

export interface AnswerSettingsDialogProps {
  readonly client: RendererClient
  readonly open: boolean
  readonly onClose: () => void
  /** Null in a chat that does not exist yet: then it has no settings of its own. */
  readonly sessionId: SessionId | null
  /** The route in force there. */
  readonly routeId: string | undefined
  /** What the next message alone is sent with. */
  readonly next: RequestSettings | null
  readonly onNext: (settings: RequestSettings | null) => void
}

type Scope = 'next' | 'session' | 'route' | 'everywhere'

/** How answers are made, for one message, a chat, a route or everywhere. */
export function AnswerSettingsDialog(props: AnswerSettingsDialogProps) {
  const t = useWords(requestWords)
  return (
    <Dialog
      open={props.open}
      onOpenChange={(open) => {
        if (!open) props.onClose()
      }}
      title={t('title')}
      closeName={t('close')}
    >
      {props.open ? <Body {...props} /> : null}
    </Dialog>
  )
}

function Body(props: AnswerSettingsDialogProps) {
  const { client, sessionId, routeId, next } = props
  const t = useWords(requestWords)
  const sayFault = useWords(faultCatalogue)
  const [scope, setScope] = useState<Scope>(sessionId === null ? 'next' : 'session')
  const [view, setView] = useState<RequestSettingsView | null>(null)
  const [fault, setFault] = useState<Fault | null>(null)
  const [isSaving, setSaving] = useState(false)
  useEffect(() => {
    let isOver = false
    void client.ask['requestSettings.get'](sessionId === null ? {} : { session_id: sessionId }).then(
      (answer) => {
        if (isOver) return
        setFault(answer.ok ? null : answer.fault)
        if (answer.ok) setView(answer.value)
      },
    )
    return () => {
      isOver = true
    }
  }, [client, sessionId])
  // As text, so that only another meaning is a change.
  const stored = JSON.stringify(view ? ownOf(view, scope, routeId, next) : {})
  const [draft, setDraft] = useState(draftOf({}))
  // Another scope, or an answer that came: what is shown is what is stored there.
  useEffect(() => setDraft(draftOf(JSON.parse(stored) as RequestSettings)), [stored, scope])
  const { settings, problems } = settingsOf(draft)
  const hasProblems = Object.keys(problems).length > 0
  const inherited = draftOf(view ? mergeSettings(...widerThan(view, scope, routeId)) : {})

  const save = async () => {
    const isEmpty = Object.keys(settings).length === 0
    if (scope === 'next') {
      props.onNext(isEmpty ? null : settings)
      return props.onClose()
    }
    setSaving(true)
    const answer = await client.ask['requestSettings.set']({
      scope: scopeOf(scope, sessionId, routeId),
      settings,
    })
    setSaving(false)
    setFault(answer.ok ? null : answer.fault)
    if (!answer.ok) return
    toast({ title: t('saved') })
    props.onClose()
  }
  const scopes: readonly Scope[] = [
    'next',
    ...(sessionId === null ? [] : (['session'] as const)),
    ...(routeId === undefined ? [] : (['route'] as const)),
    'everywhere',
  ]
  return (
    <form
      className="flex min-h-0 flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        if (!hasProblems) void save()
      }}
    >
      <div className="flex min-h-0 flex-col gap-4 overflow-y-auto p-5">
        <div className="flex flex-col gap-1.5">
          <Segmented
            name={t('scope')}
            value={scope}
            onChange={setScope}
            choices={scopes.map((value) => ({ value, words: t(`scopes.${value}`) }))}
          />
          <p className="text-xs text-faint">{t(`scopeHints.${scope}`, { route: routeId ?? '' })}</p>
        </div>
        {fault ? (
          <Callout tone="danger" role="alert" title={faultWords(fault, sayFault).title}>
            {faultWords(fault, sayFault).body}
          </Callout>
        ) : null}
        <RequestSettingsForm
          draft={draft}
          problems={problems}
          inherited={inherited}
          onChange={(change) => setDraft({ ...draft, ...change })}
        />
      </div>
      <footer className="flex shrink-0 flex-wrap justify-between gap-2 border-t border-line px-5 py-3">
        <Button variant="ghost" onClick={() => setDraft(draftOf({}))}>
          {t('reset')}
        </Button>
        <div className="flex gap-2">
          <Button onClick={props.onClose}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" disabled={hasProblems || !view} busy={isSaving}>
            {scope === 'next' ? t('use') : t('save')}
          </Button>
        </div>
      </footer>
    </form>
  )
}

function ownOf(
  view: RequestSettingsView,
  scope: Scope,
  routeId: string | undefined,
  next: RequestSettings | null,
): RequestSettings {
  if (scope === 'next') return next ?? {}
  if (scope === 'session') return view.session ?? {}
  if (scope === 'route') return view.routes[routeId ?? ''] ?? {}
  return view.everywhere
}

/** The scopes that hold where this one says nothing, the widest first. */
function widerThan(
  view: RequestSettingsView,
  scope: Scope,
  routeId: string | undefined,
): readonly RequestSettings[] {
  const all = [view.everywhere, view.routes[routeId ?? ''] ?? {}, view.session ?? {}]
  return all.slice(0, { everywhere: 0, route: 1, session: 2, next: 3 }[scope])
}

function scopeOf(
  scope: Exclude<Scope, 'next'>,
  sessionId: SessionId | null,
  routeId: string | undefined,
): SettingsScope {
  if (scope === 'session' && sessionId !== null) return { kind: 'session', session_id: sessionId }
  // The daemon checks the name like any other.
  if (scope === 'route' && routeId !== undefined) return { kind: 'route', route_id: routeId } as SettingsScope
  return { kind: 'everywhere' }
}
