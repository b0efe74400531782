import { driverCapabilities, capabilityNames, narrow, unsupportedOverrides } from '../capabilities/narrow'
import type { CapabilityName } from '../capabilities/narrow'
import { readBaseUrl, standardPrefix } from './base-url'
import type { Finding, Table } from './check-top'
import { has } from './check-top'
import { findCredential } from './credentials'
import type { Env, LoadedRoute } from './route'

/** Fields that other drivers use for signing in: rejected on this one (V15). */
const foreignAuthFields = [
  'openai_auth_source',
  'openai_auth_file',
  'anthropic_auth_source',
  'anthropic_credentials_file',
] as const

/** Loaded, but of no use to this driver (contract 2.2). */
export const unusedFields = [
  'organization',
  'organization_env',
  'project',
  'project_env',
  'anthropic_version',
  'anthropic_beta_headers',
] as const

const textFields = [
  'driver',
  'default_model',
  'model_support',
  'auth_ref',
  'api_key',
  'api_key_env',
  'base_url',
] as const
const flagFields = [...capabilityNames, 'audio_generation', 'transcription'] as const

type TextField = (typeof textFields)[number]
type FlagField = (typeof flagFields)[number]

export interface CheckedRoute {
  readonly findings: readonly Finding[]
  /** Present when nothing was found. */
  readonly route?: LoadedRoute
}

/** Checks one entry of the routes table: V4 to V6, V9 to V17, V21, V24 and V25, in this order. */
export function checkRoute(routeId: string, entry: Table, env: Env): CheckedRoute {
  const shape = [...findUnknownFields(entry), ...findWrongShapes(entry)]
  const { text, flags } = readFields(entry)
  const driver = knownDrivers.find((name) => name === text.driver)
  if (driver !== undefined && driver !== 'openrouter') {
    return { findings: [...shape, { rule: 'V6', field: 'driver' }, ...checkRouteId(routeId)] }
  }
  const url =
    text.base_url === undefined ? { ok: true as const, prefix: standardPrefix } : readBaseUrl(text.base_url)
  const findings: Finding[] = [...shape, ...checkRouteId(routeId), ...checkModel(entry, text.default_model)]
  if (!url.ok) findings.push({ rule: url.reason === 'base_url' ? 'V11' : 'V12', field: 'base_url' })
  const credentialFindings = checkCredentialFields(entry, text)
  findings.push(...credentialFindings)
  for (const field of unsupportedOverrides(driverCapabilities, flags)) findings.push({ rule: 'V21', field })

  const found = findCredential(routeId, text, env)
  // A key setting that was refused above says nothing about where the key would come from.
  const isReadable = credentialFindings.length === 0 && !findings.some(({ field }) => isKeyField(field))
  if (!found.ok && isReadable)
    findings.push(found.rule === 'V25' ? { rule: 'V25' } : { rule: found.rule, field: 'api_key_env' })
  if (findings.length > 0 || !url.ok || !found.ok || text.default_model === undefined) return { findings }
  return {
    findings,
    route: {
      route_id: routeId,
      driver: 'openrouter',
      default_model: text.default_model.trim(),
      prefix: url.prefix,
      credential: found.source,
      capabilities: narrow(driverCapabilities, flags),
      backends: {
        audio_generation: flags.audio_generation !== false,
        transcription: flags.transcription !== false,
      },
    },
  }
}

const knownDrivers = ['openrouter', 'anthropic', 'google', 'openai', 'xai'] as const
const modelSupports = ['family', 'any']

const isKeyField = (field: string | undefined): boolean =>
  field === 'auth_ref' || field === 'api_key' || field === 'api_key_env'

function findUnknownFields(entry: Table): Finding[] {
  const known: readonly string[] = [...textFields, ...flagFields, ...foreignAuthFields, ...unusedFields]
  const unknown = Object.keys(entry).filter((field) => !known.includes(field))
  return unknown.map((field) => ({ rule: 'V4', field }))
}

function findWrongShapes(entry: Table): Finding[] {
  const wrong: string[] = []
  for (const field of textFields) if (has(entry, field) && typeof entry[field] !== 'string') wrong.push(field)
  for (const field of flagFields)
    if (has(entry, field) && typeof entry[field] !== 'boolean') wrong.push(field)
  for (const field of unusedFields) if (has(entry, field) && !isTextOrTexts(entry[field])) wrong.push(field)
  const { driver, model_support: support } = readFields(entry).text
  if (driver !== undefined && !knownDrivers.some((name) => name === driver)) wrong.push('driver')
  if (support !== undefined && !modelSupports.includes(support)) wrong.push('model_support')
  const findings: Finding[] = wrong.map((field) => ({ rule: 'V5', field }))
  return has(entry, 'driver') ? findings : [...findings, { rule: 'V5' }]
}

const isTextOrTexts = (value: unknown): boolean =>
  typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'))

function checkRouteId(routeId: string): Finding[] {
  const isFine = /^[^\s\p{Cc}/]{1,128}$/u.test(routeId)
  return isFine ? [] : [{ rule: 'V9' }]
}

function checkModel(entry: Table, model: string | undefined): Finding[] {
  if (!has(entry, 'default_model')) return [{ rule: 'V10' }]
  return model?.trim() === '' ? [{ rule: 'V10', field: 'default_model' }] : []
}

function checkCredentialFields(entry: Table, text: Partial<Record<TextField, string>>): Finding[] {
  const findings: Finding[] = []
  const hasKey = has(entry, 'api_key')
  const hasVariable = has(entry, 'api_key_env')
  if (hasKey && hasVariable) findings.push({ rule: 'V13', field: 'api_key_env' })
  if (has(entry, 'auth_ref') && (hasKey || hasVariable)) {
    findings.push({ rule: 'V14', field: hasKey ? 'api_key' : 'api_key_env' })
  }
  for (const field of foreignAuthFields) if (has(entry, field)) findings.push({ rule: 'V15', field })
  for (const field of ['api_key', 'api_key_env', 'auth_ref'] as const) {
    const value = text[field]
    const isBlank = value?.trim() === ''
    if (isBlank || (field === 'auth_ref' && value !== value?.trim())) findings.push({ rule: 'V16', field })
  }
  for (const field of ['organization', 'project'] as const) {
    if (has(entry, field) && has(entry, `${field}_env`)) findings.push({ rule: 'V17', field: `${field}_env` })
  }
  return findings
}

/** The fields that have their right type. */
function readFields(entry: Table) {
  const text: Partial<Record<TextField, string>> = {}
  const flags: Partial<Record<FlagField | CapabilityName, boolean>> = {}
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
