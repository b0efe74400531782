import type { CapabilityName } from '../capabilities/narrow'
import { capabilityNames, driverCapabilities, narrow, unsupportedOverrides } from '../capabilities/narrow'
import { readBaseUrl, standardPrefix } from './base-url'
import { checkAccountFields, checkKeyFields, foreignAuthFields, keyFields } from './check-key-fields'
import type { Finding, Table } from './check-top'
import { has } from './check-top'
import { findCredential } from './credentials'
import type { Env, LoadedRoute } from './route'

/** Loaded, but of no use to this driver (contract 2.2). */
export const unusedFields = [
  'organization',
  'organization_env',
  'project',
  'project_env',
  'anthropic_version',
  'anthropic_beta_headers',
] as const

const textFields = ['driver', 'default_model', 'model_support', 'base_url', ...keyFields] as const
const flagFields = [...capabilityNames, 'audio_generation', 'transcription'] as const
const knownFields: readonly string[] = [...textFields, ...flagFields, ...foreignAuthFields, ...unusedFields]

const knownDrivers = ['openrouter', 'anthropic', 'google', 'openai', 'xai']
const modelSupports = ['family', 'any']

export interface CheckedRoute {
  readonly findings: readonly Finding[]
  /** Present when nothing was found. */
  readonly route?: LoadedRoute
}

/** Checks one entry of the routes table: V4 to V6, V9 to V17, V21, V24 and V25, in this order. */
export function checkRoute(routeId: string, entry: Table, env: Env): CheckedRoute {
  const { text, flags } = readFields(entry)
  const shape = checkShape(entry, text)
  const isForeign = text.driver !== 'openrouter' && knownDrivers.includes(text.driver ?? '')
  // Whatever else such a route says is for its own driver to check.
  if (isForeign) return { findings: [...shape, { rule: 'V6', field: 'driver' }, ...checkRouteId(routeId)] }

  const url = checkUrl(text.base_url)
  const keyTrouble = checkKeyFields(entry)
  const findings: Finding[] = [
    ...shape,
    ...checkRouteId(routeId),
    ...checkModel(entry, text.default_model),
    ...url.findings,
    ...keyTrouble,
    ...checkAccountFields(entry),
    ...unsupportedOverrides(driverCapabilities, flags).map((field): Finding => ({ rule: 'V21', field })),
  ]
  const found = findCredential(routeId, text, env)
  // A key setting that was refused already says nothing about where the key would come from.
  const isRefused =
    keyTrouble.length > 0 || keyFields.some((field) => has(entry, field) && text[field] === undefined)
  if (!found.ok && !isRefused) {
    findings.push(found.rule === 'V25' ? { rule: 'V25' } : { rule: found.rule, field: 'api_key_env' })
  }
  if (findings.length > 0 || !found.ok) return { findings }
  const { audio_generation = true, transcription = true } = flags
  return {
    findings,
    route: {
      route_id: routeId,
      driver: 'openrouter',
      default_model: (text.default_model ?? '').trim(),
      prefix: url.prefix,
      credential: found.source,
      capabilities: narrow(driverCapabilities, flags),
      backends: { audio_generation, transcription },
    },
  }
}

/** Contract 2.3. Control characters and endless names are refused, too: ids are shown and stored. */
export const isRouteId = (text: string): boolean => /^[^\s\p{Cc}/]{1,128}$/u.test(text)

const checkRouteId = (routeId: string): Finding[] => (isRouteId(routeId) ? [] : [{ rule: 'V9' }])

/** V4 and V5. */
function checkShape(entry: Table, { driver, model_support: support }: Texts): Finding[] {
  const unknown = Object.keys(entry).filter((field) => !knownFields.includes(field))
  const given = (fields: readonly string[]) => fields.filter((field) => has(entry, field))
  const wrong = [
    ...given(textFields).filter((field) => typeof entry[field] !== 'string'),
    ...given(flagFields).filter((field) => typeof entry[field] !== 'boolean'),
    ...given(unusedFields).filter((field) => !isTextOrTexts(entry[field])),
  ]
  if (driver !== undefined && !knownDrivers.includes(driver)) wrong.push('driver')
  if (support !== undefined && !modelSupports.includes(support)) wrong.push('model_support')
  return [
    ...unknown.map((field): Finding => ({ rule: 'V4', field })),
    ...wrong.map((field): Finding => ({ rule: 'V5', field })),
    ...(has(entry, 'driver') ? [] : [{ rule: 'V5_driver' } as const]),
  ]
}

const isTextOrTexts = (value: unknown): boolean =>
  typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'))

function checkModel(entry: Table, model: string | undefined): Finding[] {
  if (!has(entry, 'default_model')) return [{ rule: 'V10' }]
  return model?.trim() === '' ? [{ rule: 'V10', field: 'default_model' }] : []
}

function checkUrl(text: string | undefined): {
  readonly findings: readonly Finding[]
  readonly prefix: string
} {
  const read = text === undefined ? ({ ok: true, prefix: standardPrefix } as const) : readBaseUrl(text)
  if (read.ok) return { findings: [], prefix: read.prefix }
  return { findings: [{ rule: read.reason === 'base_url' ? 'V11' : 'V12', field: 'base_url' }], prefix: '' }
}

type Texts = Readonly<Partial<Record<(typeof textFields)[number], string>>>
type Flags = Readonly<Partial<Record<(typeof flagFields)[number] | CapabilityName, boolean>>>

/** The fields that have their right type. */
function readFields(entry: Table): { readonly text: Texts; readonly flags: Flags } {
  const text: Record<string, string> = {}
  const flags: Record<string, boolean> = {}
  for (const field of textFields) {
    const value = has(entry, field) ? entry[field] : undefined
    if (typeof value === 'string') text[field] = value
  }
  for (const field of flagFields) {
    const value = has(entry, field) ? entry[field] : undefined
    if (typeof value === 'boolean') flags[field] = value
  }
  return { text, flags }
}
