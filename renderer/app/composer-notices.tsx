import type { AssetId } from '@contract/ids'
import { attachmentsOf, isPicture } from '@contract/attached'
import type { FaultOf } from '@contract/fault'
import { nearestSeeing, sees } from '@contract/seeing'
import { memo, useCallback, useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import type { ChatState } from '../features/chat/chat-store'
import { BlindNotice } from '../features/composer/attachments/blind-notice'
import { goingOf } from '../features/composer/context/context-media-store'
import { ContextRow } from '../features/composer/context/context-row'
import { extrasKey, extrasOf } from '../features/composer/extras/extras'
import { ExtrasNotice } from '../features/composer/extras/extras-notice'
import { selectorOf, type ModelChoice } from '../features/models/model-index'
import { useApp, useAppState } from './app-context'
import { setPreferences } from './app-store'
import { chooseModel } from './chat-actions'
import { runCommand } from './commands'
import { routeInForce } from './route-in-force'

interface Known {
  readonly hasPictures: boolean
  /** The daemon knew better than the window. */
  readonly refused: FaultOf<'capability_unsupported'> | null
}

/** Whether the model sees what goes to it, and which earlier pictures go along. Most keys change nothing of that. */
export function ComposerNotices({ draft, ...known }: Known & { readonly draft: string }) {
  const { media, chosen } = useStore(useApp().contextMedia)
  return <Notices {...known} going={useSame(goingOf({ media, chosen }, draft))} />
}

/** The set before it where that holds the same. */
function useSame<T>(next: ReadonlySet<T>): ReadonlySet<T> {
  const last = useRef(next)
  if (next.size !== last.current.size || ![...next].every((each) => last.current.has(each)))
    last.current = next
  return last.current
}

const Notices = memo(function Notices({
  going,
  refused,
  ...props
}: Known & { readonly going: ReadonlySet<AssetId> }) {
  const app = useApp()
  const session = useStore(app.chat, (state) => state.session)
  const runtime = useAppState((state) => state.runtime)
  const chosenRoute = useAppState((state) => state.newChatRoute)
  const index = useStore(app.models, (state) => state.index)
  const { media, turn } = useStore(app.contextMedia)
  const found = routeInForce(runtime, session, chosenRoute)
  const { provider = '', model = '' } = found ?? {}
  // The same object for the same words: a catalogue is not searched at every key.
  const choice = useMemo(() => (model === '' ? null : { provider, model }), [provider, model])
  useContextMedia(choice)

  const choose = useCallback((id: AssetId, isGoing: boolean) => app.contextMedia.choose(id, isGoing), [app])
  const hasPictures = props.hasPictures || going.size > 0
  const blind = useMemo(() => {
    if (!choice || !hasPictures) return null
    if (refused?.model === choice.model) return { nearest: refused.nearest ?? null }
    // Before the routes are known nothing is known.
    const routes = (runtime?.routes ?? []).map((route) => ({
      ...route,
      models: (index.routes.find((each) => each.provider === route.route_id)?.models ?? []).map(
        ({ view }) => view,
      ),
    }))
    const route = routes.find(({ route_id }) => route_id === choice.provider)
    const entry = route?.models.find(({ id }) => id === choice.model)
    return sees(route, entry) ? null : { nearest: nearestSeeing(choice, routes) ?? null }
  }, [choice, hasPictures, refused, runtime, index])

  return (
    <>
      {blind && choice ? (
        <BlindNotice
          model={choice.model}
          nearest={blind.nearest?.model ?? null}
          onSwitch={() => blind.nearest && void chooseModel(app, blind.nearest)}
          onChoose={() => runCommand(app, 'models.choose')}
        />
      ) : null}
      <ExtrasOfChoice choice={choice} />
      <ContextRow key={turn} media={media} going={going} onChoose={choose} />
    </>
  )
})

/** Pictures, web and long thought cost extra; told of once for each choice. */
function ExtrasOfChoice({ choice }: { readonly choice: ModelChoice | null }) {
  const app = useApp()
  const index = useStore(app.models, (state) => state.index)
  const next = useAppState((state) => state.nextAnswer)
  const seen = useAppState((state) => state.preferences.seen_extras)
  const isDrawing = useStore(app.pictures, ({ isOn }) => isOn)
  if (!choice || isDrawing) return null
  const view = index.bySelector.get(selectorOf(choice))?.view
  const chat = { model: choice.model, view, generation: next?.generation ?? {} }
  const extras = extrasOf(chat)
  const key = extrasKey(choice.model, extras)
  if (extras.length === 0 || seen.includes(key)) return null
  return (
    <ExtrasNotice
      choice={chat}
      extras={extras}
      onUnderstood={() => void setPreferences(app, { seen_extras: [key, ...seen].slice(0, 500) })}
    />
  )
}

/** Asks when the chat, its path or the model changes, and only where there may be an earlier picture. */
function useContextMedia(choice: ModelChoice | null): void {
  const app = useApp()
  const sessionId = useStore(app.chat, (state) => (hasEarlier(state) ? state.sessionId : null))
  const head = useStore(app.chat, (state) => state.session?.head_message_id)
  // An answer that has ended may show a picture.
  const at = useStore(app.chat, (state) => state.session?.updated_at_ms)
  useEffect(() => {
    void app.contextMedia.ask(sessionId, choice)
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another head is another path
  }, [app, sessionId, choice, head, at])
}

const hasEarlier = ({ messages, hasMore }: ChatState): boolean =>
  hasMore || messages.some((message) => attachmentsOf(message.parts).some(isPicture))
