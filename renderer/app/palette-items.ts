import type { SessionId } from '@contract/ids'
import { filterModels, type IndexedModel } from '../features/models/model-index'
import { say } from '../lib/words'
import type { App } from './app-store'
import { canRun, commands, type Command } from './commands'
import { appWords } from './words'

export type PaletteItem =
  | { readonly kind: 'command'; readonly key: string; readonly words: string; readonly command: Command }
  | { readonly kind: 'chat'; readonly key: string; readonly words: string; readonly id: SessionId }
  | { readonly kind: 'model'; readonly key: string; readonly words: string; readonly model: IndexedModel }

export interface PaletteGroup {
  readonly value: 'commands' | 'chats' | 'models'
  readonly items: readonly PaletteItem[]
}

const most = { commands: 40, chats: 8, models: 12 } as const

/** What fits the query; without one, every command and the chats of late. Groups that fit best come first. */
export function paletteItems(app: App, query: string): readonly PaletteGroup[] {
  const t = say(appWords)
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const fits = (text: string): boolean => {
    const low = text.toLowerCase()
    return words.every((word) => low.includes(word))
  }
  const runnable = commands.filter((command) => command.id !== 'palette.open' && canRun(app, command))
  const found = runnable.flatMap((command): PaletteItem[] => {
    const text = commandWords(command)
    return fits(text) ? [{ kind: 'command', key: command.id, words: text, command }] : []
  })
  const isReady = app.store.getState().daemon.phase === 'ready'
  const rows = isReady ? app.chats.getState().rows : []
  const chats: PaletteItem[] = []
  for (const row of rows) {
    if (chats.length >= most.chats) break
    const title = row.title || t('untitled')
    if (fits(title)) chats.push({ kind: 'chat', key: row.session_id, words: title, id: row.session_id })
  }
  const { index } = app.models.getState()
  const models =
    !isReady || words.length === 0 ? [] : index.routes.flatMap((route) => filterModels(route.models, query))
  const groups: readonly PaletteGroup[] = [
    { value: 'commands', items: found.slice(0, most.commands) },
    { value: 'chats', items: chats },
    {
      value: 'models',
      items: models
        .slice(0, most.models)
        .map((model) => ({ kind: 'model', key: model.selector, words: model.selector, model })),
    },
  ]
  return groups.filter((group) => group.items.length > 0)
}

/** Command ids have a dot, which is also what parts a key from its group. */
const commandWords = (command: Pick<Command, 'id'>): string => say(appWords)(`commands.${command.id}`)
