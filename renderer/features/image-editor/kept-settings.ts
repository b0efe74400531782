import { defaultSettings, sizes, type OrderSettings } from './order'

const key = 'kheish.image-editor'

export type Shelf = Pick<Storage, 'getItem' | 'setItem'>

/** Model, number and size as they were chosen last; what can't be read is as if nothing had been chosen. */
export function readSettings(shelf: Shelf): OrderSettings {
  try {
    const kept = JSON.parse(shelf.getItem(key) ?? 'null') as Partial<OrderSettings> | null
    const count = kept?.count
    const size = sizes.find((each) => each === kept?.size)
    const choice = kept?.choice
    return {
      choice:
        typeof choice?.provider === 'string' && typeof choice.model === 'string'
          ? { provider: choice.provider, model: choice.model }
          : null,
      count: count === 2 || count === 3 || count === 4 ? count : 1,
      size: size ?? 'auto',
      options: {},
    }
  } catch {
    return defaultSettings
  }
}

export const keepSettings = (shelf: Shelf, { choice, count, size }: OrderSettings): void =>
  shelf.setItem(key, JSON.stringify({ choice, count, size }))
