import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { Select } from '../../../ui/select'
import { SuggestField } from '../../../ui/suggest-field'
import { TextField } from '../../../ui/text-field'
import { choosableSources, keySourceOf, sourceEdits } from './key-source'
import { problemOf } from './problems'
import { useRoutes, useRoutesState } from './routes-context'
import { fieldOf } from './routes-state'
import { routesWords } from './words'

/** Where the key of a route comes from, and its name there. */
export function RouteKey({ routeId }: { readonly routeId: string }) {
  const t = useWords(routesWords)
  const { store, slots } = useRoutes()
  const source = useRoutesState((state) => keySourceOf(routeId, (key) => fieldOf(state, key, routeId)))
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="text-sm font-medium">{t('key')}</span>
        <Select
          name={t('key')}
          value={source}
          choices={choosableSources(routeId, source).map((value) => ({ value, words: t(`keys.${value}`) }))}
          onChange={(next) => {
            if (next !== source)
              void store.edit(...sourceEdits(routeId, next, slots?.[0] ?? 'openrouter.primary'))
          }}
        />
      </div>
      {source === 'slot' ? <Slot routeId={routeId} /> : null}
      {source === 'variable' ? <Variable routeId={routeId} /> : null}
      {source === 'inline' ? <p className="text-xs text-warn">{t('inlineNote')}</p> : null}
      {source === 'standard' ? <p className="text-xs text-faint">{t('standardNote')}</p> : null}
    </div>
  )
}

function Slot({ routeId }: { readonly routeId: string }) {
  const t = useWords(routesWords)
  const { store, slots, problems, onOpenKeys } = useRoutes()
  const value = useRoutesState((state) => String(fieldOf(state, 'auth_ref', routeId) ?? ''))
  const problem = problemOf(
    problems,
    routeId,
    'auth_ref',
    'credential_blank',
    'credential_conflict',
    'route_auth_ref_missing',
    'route_auth_provider_mismatch',
  )
  const isEmpty = slots !== null && !slots.includes(value) && problem === undefined
  return (
    <>
      <SuggestField
        label={t('slot')}
        value={value}
        onChange={(next) => store.type('auth_ref', next, routeId)}
        suggestions={slots ?? []}
        hint={isEmpty ? undefined : t('slotHint')}
        problem={problem?.words}
      />
      {isEmpty ? (
        <p className="flex flex-wrap items-center gap-2 text-xs text-warn">
          {t('slotEmpty')}
          {onOpenKeys ? (
            <Button size="small" onClick={onOpenKeys}>
              {t('openKeys')}
            </Button>
          ) : null}
        </p>
      ) : null}
    </>
  )
}

function Variable({ routeId }: { readonly routeId: string }) {
  const t = useWords(routesWords)
  const { store, problems } = useRoutes()
  const value = useRoutesState((state) => String(fieldOf(state, 'api_key_env', routeId) ?? ''))
  const problem = problemOf(
    problems,
    routeId,
    'api_key_env_missing',
    'api_key_env_empty',
    'api_key_env_invalid',
    'credential_blank',
    'credential_conflict',
  )
  return (
    <TextField
      label={t('variable')}
      mono
      value={value}
      onChange={(event) => store.type('api_key_env', event.currentTarget.value, routeId)}
      problem={problem?.words}
    />
  )
}
