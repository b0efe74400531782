import { fault } from '@contract/fault'
import type { RequestSettings, RequestSettingsView } from '@contract/request-settings'
import type { Command } from 'commander'
import { addSettingFlags, settingsOf, type RequestFlags } from './request-flags'
import { Refused, type Session } from './session'
import { show, type Desk, type JsonOption } from './show'

interface ScopeOptions extends JsonOption {
  readonly route?: string
  readonly session?: string
}
interface SetOptions extends ScopeOptions, RequestFlags {
  readonly reset?: boolean
}

/** `kheish settings …`: what goes along with every request, everywhere, on a route or in a chat. */
export function addSettingsCommands(program: Command, desk: Desk): void {
  const settings = program
    .command('settings')
    .description('upstreams, fallback models and generation settings of all requests')

  settings
    .command('get')
    .description('show what is set; with a chat also what its next run would be sent with')
    .option('--session <id>', 'of this chat too')
    .action((options: ScopeOptions) =>
      show(
        desk,
        options,
        ({ ask }) => ask('requestSettings.get', { session_id: options.session }),
        viewLines,
      ),
    )

  const set = settings
    .command('set')
    .description('set what the flags say and leave the rest; everywhere, or on a route, or in a chat')
    .option('--route <route>', 'on this route only')
    .option('--session <id>', 'in this chat only')
    .option('--reset', 'forget what was set there before')
  addSettingFlags(set)
    .addHelpText('after', helpOnSet)
    .action((options: SetOptions) => show(desk, options, (session) => change(session, options), viewLines))
}

const helpOnSet = `
The nearer scope wins: run, then chat, then route, then everywhere. --zdr and
--data-collection deny of any scope stay.

Examples:
  kheish settings set --zdr --data-collection deny
  kheish settings set --route research --only anthropic --temperature 0.2
  kheish settings set --session notes --reset
`

async function change({ ask }: Session, options: SetOptions): Promise<RequestSettingsView> {
  const { route, session: session_id, reset = false } = options
  if (route !== undefined && session_id !== undefined)
    throw new Refused(fault('call_refused', 'Give a route or a chat, not both.', {}))
  const scope =
    route !== undefined
      ? ({ kind: 'route', route_id: route } as const)
      : session_id !== undefined
        ? ({ kind: 'session', session_id } as const)
        : ({ kind: 'everywhere' } as const)
  const view = await ask('requestSettings.get', { session_id })
  const before: RequestSettings =
    (scope.kind === 'everywhere'
      ? view.everywhere
      : route === undefined
        ? view.session
        : view.routes[route]) ?? {}
  const given = settingsOf(options)
  const settings = reset
    ? given
    : {
        ...before,
        ...given,
        generation: { ...before.generation, ...given.generation },
        provider_preferences: { ...before.provider_preferences, ...given.provider_preferences },
      }
  await ask('requestSettings.set', { scope, settings })
  return ask('requestSettings.get', { session_id })
}

function viewLines({ everywhere, routes, session, effective }: RequestSettingsView): string {
  const scopes: readonly (readonly [string, RequestSettings | undefined])[] = [
    ['everywhere', everywhere],
    ...Object.entries(routes).map(([id, settings]) => [`route ${id}`, settings] as const),
    ['this chat', session],
    ['next run', effective],
  ]
  const lines = scopes.flatMap(([name, settings]) => (settings ? [`${name}: ${wordsOf(settings)}\n`] : []))
  return lines.join('')
}

function wordsOf({
  generation = {},
  provider_preferences = {},
  fallback_models = [],
}: RequestSettings): string {
  const said = Object.entries({ ...generation, ...provider_preferences }).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  const fallbacks = fallback_models.length > 0 ? [`fallback_models=${fallback_models.join(',')}`] : []
  return [...said, ...fallbacks].join(' ') || 'nothing'
}
