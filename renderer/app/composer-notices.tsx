import { attachmentsOf, isPicture } from '@contract/attached'
import type { FaultOf } from '@contract/fault'
import { nearestSeeing, sees } from '@contract/seeing'
import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import type { ChatState } from '../features/chat/chat-store'
import { BlindNotice } from '../features/composer/attachments/blind-notice'
import { goingOf } from '../features/composer/context/context-media-store'
import { ContextRow } from '../features/composer/context/context-row'
import type { ModelChoice } from '../features/models/model-index'
import { useApp, useAppState } from './app-context'
import { chooseModel } from './chat-actions'
import { runCommand } from './commands'
import { routeInForce } from './route-in-force'

/** Whether the model sees what goes to it, and which earlier pictures go along. */
export function ComposerNotices({
  draft,
  refused,
  ...props
}: {
  readonly draft: string
  readonly hasPictures: boolean
  /** The daemon knew better than the window. */
  readonly refused: FaultOf<'capability_unsupported'> | null
}) {
  const app = useApp()
  const session = useStore(app.chat, (state) => state.session)
  const runtime = useAppState((state) => state.runtime)
  const chosenRoute = useAppState((state) => state.newChatRoute)
  const index = useStore(app.models, (state) => state.index)
  const { media, chosen, turn } = useStore(app.contextMedia)
  const found = routeInForce(runtime, session, chosenRoute)
  const { provider = '', model = '' } = found ?? {}
  // The same object for the same words: a catalogue is not searched at every key.
  const choice = useMemo(() => (model === '' ? null : { provider, model }), [provider, model])
  useContextMedia(choice)

  const going = useMemo(() => goingOf({ media, chosen }, draft), [media, chosen, draft])
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
      <ContextRow
        key={turn}
        media={media}
        going={going}
        onChoose={(id, isGoing) => app.contextMedia.choose(id, isGoing)}
      />
    </>
  )
}

/** Asks when the chat, its path or the model changes, and only where there may be an earlier picture. */
function useContextMedia(choice: ModelChoice | null): void {
  const app = useApp()
  const sessionId = useStore(app.chat, (state) => (hasEarlier(state) ? state.sessionId : null))
  const head = useStore(app.chat, (state) => state.session?.head_message_id)
  useEffect(() => {
    void app.contextMedia.ask(sessionId, choice)
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another head is another path
  }, [app, sessionId, choice, head])
}

const hasEarlier = ({ messages, hasMore }: ChatState): boolean =>
  hasMore || messages.some((message) => attachmentsOf(message.parts).some(isPicture))
