import {
  Braces,
  Ellipsis,
  FileText,
  GitBranch,
  PanelLeftOpen,
  PanelRight,
  Pencil,
  SquarePen,
  Trash2,
} from 'lucide-react'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { TitleField } from '../features/chats/title-field'
import { ModelButton } from '../features/models/model-button'
import { selectorOf } from '../features/models/model-index'
import { formatUsd } from '../lib/format'
import { formatLocale, useWords } from '../lib/words'
import { IconButton } from '../ui/icon-button'
import { Menu, type MenuItem } from '../ui/menu'
import { Tooltip } from '../ui/tooltip'
import { useApp, useAppState } from './app-context'
import { renameChat } from './chat-actions'
import { runCommand, type CommandId } from './commands'
import { routeInForce } from './route-in-force'
import { useKeys } from './use-keys'
import { appWords } from './words'

const icons = {
  'chat.rename': Pencil,
  'chat.branch': GitBranch,
  'chat.export_markdown': FileText,
  'chat.export_json': Braces,
  'chat.delete': Trash2,
} as const

/** What chat this is, what answers in it, and what it has cost. */
export function ChatHeader() {
  const app = useApp()
  const t = useWords(appWords)
  const keysOf = useKeys()
  const session = useStore(app.chat, (state) => state.session)
  const hasMessages = useStore(app.chat, (state) => state.messages.length > 0)
  const isOpen = useAppState(({ isNarrow, drawer, preferences }) =>
    isNarrow ? drawer === 'inspector' : preferences.inspector_open,
  )
  const hasSideBar = useAppState(({ isNarrow, preferences }) => !isNarrow && preferences.sidebar_open)
  const item = (id: keyof typeof icons): MenuItem => {
    const Icon = icons[id]
    const keys = keysOf(id)
    return {
      id,
      words: t(`commands.${id}`),
      icon: <Icon size={14} />,
      ...(keys === '' ? {} : { keys }),
      danger: id === 'chat.delete',
      disabled: id === 'chat.branch' && !hasMessages,
      run: () => runCommand(app, id),
    }
  }
  const press = (id: CommandId) => () => runCommand(app, id)
  return (
    <header className="flex h-12 shrink-0 items-center gap-1 border-b border-line px-2">
      {hasSideBar ? null : (
        <>
          <IconButton
            name={t('commands.sidebar.toggle')}
            keys={keysOf('sidebar.toggle')}
            icon={<PanelLeftOpen size={16} />}
            onClick={press('sidebar.toggle')}
          />
          <IconButton
            name={t('newChat')}
            keys={keysOf('chat.new')}
            icon={<SquarePen size={16} />}
            onClick={press('chat.new')}
          />
        </>
      )}
      <Title />
      <div className="flex min-w-0 items-center gap-1">
        <Model />
        <Cost />
        <IconButton
          name={t('inspector')}
          keys={keysOf('inspector.toggle')}
          aria-pressed={isOpen}
          icon={<PanelRight size={16} />}
          onClick={press('inspector.toggle')}
        />
        {session ? (
          <Menu
            trigger={<IconButton name={t('moreName')} icon={<Ellipsis size={16} />} />}
            groups={[
              [item('chat.rename'), item('chat.branch')],
              [item('chat.export_markdown'), item('chat.export_json')],
              [item('chat.delete')],
            ]}
          />
        ) : null}
      </div>
    </header>
  )
}

function Title() {
  const app = useApp()
  const t = useWords(appWords)
  const session = useStore(app.chat, (state) => state.session)
  const isRenaming = useAppState((state) => state.isRenaming)
  const rename = (): void => runCommand(app, 'chat.rename')
  const name = session?.title ?? ''
  useEffect(() => {
    document.title = name === '' ? 'Kheish' : `${name} – Kheish`
    return () => void (document.title = 'Kheish')
  }, [name])
  if (session && isRenaming) {
    return (
      <div className="flex min-w-0 grow items-center px-1.5">
        <TitleField
          title={session.title}
          className="h-7 max-w-100 text-base font-medium"
          onDone={(next) => {
            app.store.setState({ isRenaming: false })
            if (next !== undefined) void renameChat(app, session.session_id, next)
          }}
        />
      </div>
    )
  }
  return (
    <h1 className="flex min-w-24 grow basis-0 px-0.5 text-base font-medium">
      {session ? (
        <Tooltip text={t('rename')}>
          <button
            type="button"
            onClick={rename}
            className="h-7 min-w-0 truncate rounded-xs px-1.5 hover:bg-hover"
          >
            {session.title || t('untitled')}
          </button>
        </Tooltip>
      ) : (
        <span className="truncate px-1.5">{t('newChat')}</span>
      )}
    </h1>
  )
}

function Model() {
  const app = useApp()
  const keysOf = useKeys()
  const session = useStore(app.chat, (state) => state.session)
  const runtime = useAppState((state) => state.runtime)
  const chosen = useAppState((state) => state.newChatRoute)
  const choice = routeInForce(runtime, session, chosen)
  return (
    <ModelButton
      selector={choice ? selectorOf(choice) : ''}
      keys={keysOf('models.choose')}
      onPress={() => runCommand(app, 'models.choose')}
    />
  )
}

function Cost() {
  const app = useApp()
  const t = useWords(appWords)
  const usd = useStore(app.chat, (state) => state.session?.cost_usd)
  if (usd === undefined) return null
  return (
    <Tooltip text={t('cost')}>
      <span className="shrink-0 px-1.5 text-xs text-faint tabular-nums max-[560px]:hidden">
        <span className="sr-only">{t('cost')}: </span>
        {formatUsd(usd, formatLocale())}
      </span>
    </Tooltip>
  )
}
