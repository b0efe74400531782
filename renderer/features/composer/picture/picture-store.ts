import type { AnyEvent } from '@contract/events'
import type { ImageModelView } from '@contract/images'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RendererClient } from '../../../client/client'

export interface PictureChoice {
  readonly provider: string
  readonly model: string
}

/** What the next message is to become when it becomes a picture. */
export interface PictureState {
  readonly isOn: boolean
  /** Null until they were asked for. */
  readonly models: readonly ImageModelView[] | null
  /** Null: as the daemon chooses. */
  readonly choice: PictureChoice | null
  readonly fallback: PictureChoice | null
  readonly count: number
  /** As of contract 9.2; empty: the model's own. */
  readonly size: string
}

export interface PictureStore extends StoreApi<PictureState> {
  toggle(isOn?: boolean): void
  /** Asks who makes pictures, and for how much. */
  load(): void
  choose(change: Partial<Pick<PictureState, 'choice' | 'count' | 'size'>>): void
  hear(event: AnyEvent): void
}

/** Whether a message becomes a picture, by whom, how many and how large. */
export function createPictureStore(client: RendererClient): PictureStore {
  const store = createStore<PictureState>(() => ({
    isOn: false,
    models: null,
    choice: null,
    fallback: null,
    count: 1,
    size: '',
  }))

  async function load(): Promise<void> {
    const answer = await client.ask['images.models']({})
    if (answer.ok) store.setState({ models: answer.value.models, fallback: answer.value.default_choice })
  }

  return Object.assign(store, {
    toggle(isOn = !store.getState().isOn) {
      store.setState({ isOn })
      if (isOn) void load()
    },
    load: () => void load(),
    choose: (change: Partial<PictureState>) => store.setState(change),
    hear(event: AnyEvent) {
      const isOther = event.type === 'models.changed' || event.type === 'runtime.changed'
      if (isOther && store.getState().models !== null) void load()
    },
  })
}

/** What was chosen, unless it can't do this: an order that changes pictures goes only to one who takes them. */
export const choiceFor = ({ choice, models }: PictureState, isEdit: boolean): PictureChoice | null =>
  isFit(models, choice, isEdit) ? choice : null

/** What the daemon takes where nothing is chosen, as far as the window can tell. */
export const usualFor = ({ fallback, models }: PictureState, isEdit: boolean): PictureChoice | null =>
  isFit(models, fallback, isEdit) ? fallback : null

/** The entry of what would draw; undefined where the catalogue has none. */
export function entryOf(state: PictureState, isEdit: boolean): ImageModelView | undefined {
  const chosen = choiceFor(state, isEdit) ?? usualFor(state, isEdit)
  return chosen ? find(state.models, chosen) : undefined
}

/** US dollars for the whole order; undefined where nobody says. */
export function priceOf(state: PictureState, isEdit: boolean): number | undefined {
  const each = entryOf(state, isEdit)?.usd_per_image
  return each === undefined ? undefined : each * state.count
}

const isFit = (models: PictureState['models'], choice: PictureChoice | null, isEdit: boolean): boolean =>
  choice !== null && (!isEdit || find(models, choice)?.can_edit !== false)

const find = (
  models: PictureState['models'],
  { provider, model }: PictureChoice,
): ImageModelView | undefined => models?.find(({ route_id, id }) => route_id === provider && id === model)
