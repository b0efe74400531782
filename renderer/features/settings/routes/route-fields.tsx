import { useWords } from '../../../lib/words'
import { SuggestField } from '../../../ui/suggest-field'
import { Switch } from '../../../ui/switch'
import { TextField } from '../../../ui/text-field'
import { problemOf } from './problems'
import { RouteKey } from './route-key'
import { useField, useRoutes } from './routes-context'
import { routesWords } from './words'

const abilities = [
  'multimodal_input',
  'image_generation',
  'image_edit',
  'audio_generation',
  'transcription',
] as const

/** Model, key, address and what the route may do. */
export function RouteFields({ routeId }: { readonly routeId: string }) {
  const t = useWords(routesWords)
  const { store, models, problems } = useRoutes()
  const model = useField('default_model', routeId)
  const baseUrl = useField('base_url', routeId)
  return (
    <div className="flex flex-col gap-4">
      <SuggestField
        label={t('model')}
        value={String(model ?? '')}
        onChange={(value) => store.type('default_model', value, routeId)}
        suggestions={models}
        hint={t('modelHint')}
        problem={problemOf(problems, routeId, 'default_model')?.words}
      />
      <RouteKey routeId={routeId} />
      <TextField
        label={t('baseUrl')}
        mono
        value={String(baseUrl ?? '')}
        onChange={(event) => {
          const value = event.currentTarget.value.trim()
          store.type('base_url', value === '' ? null : value, routeId)
        }}
        placeholder="https://openrouter.ai/api/v1"
        hint={t('baseUrlHint')}
        problem={problemOf(problems, routeId, 'base_url', 'base_url_unsupported_suffix')?.words}
      />
      <fieldset>
        <legend className="text-sm font-medium">{t('abilities')}</legend>
        <p className="mt-0.5 text-xs text-faint">{t('abilitiesHint')}</p>
        <div className="mt-1.5 flex flex-col">
          {abilities.map((ability) => (
            <Ability key={ability} ability={ability} routeId={routeId} />
          ))}
        </div>
      </fieldset>
    </div>
  )
}

/** On is what a route has anyway, so the line goes away; off is said. */
function Ability({
  ability,
  routeId,
}: {
  readonly ability: (typeof abilities)[number]
  readonly routeId: string
}) {
  const t = useWords(routesWords)
  const { store } = useRoutes()
  const isOn = useField(ability, routeId) !== false
  const name = t(`ability.${ability}`)
  return (
    <div className="flex min-h-8 items-center justify-between gap-4">
      <span className="text-sm">{name}</span>
      <Switch
        name={`${name} (${routeId})`}
        checked={isOn}
        onChange={(on) =>
          void store.edit({ kind: 'set', route_id: routeId, key: ability, value: on ? null : false })
        }
      />
    </div>
  )
}
