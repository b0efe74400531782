import { looksLikeKey } from '../redaction/secret-shapes'
import type { Finding, Table } from './check-top'
import { has } from './check-top'

/** Fields that other drivers use for signing in: rejected on this one (V15). */
export const foreignAuthFields = [
  'openai_auth_source',
  'openai_auth_file',
  'anthropic_auth_source',
  'anthropic_credentials_file',
] as const

export const keyFields = ['api_key', 'api_key_env', 'auth_ref'] as const

/** Checks what a route says about its key: V13 to V16. What is not text is another check's trouble. */
export function checkKeyFields(entry: Table): Finding[] {
  const findings: Finding[] = []
  const hasKey = has(entry, 'api_key')
  const hasVariable = has(entry, 'api_key_env')
  if (hasKey && hasVariable) findings.push({ rule: 'V13', field: 'api_key_env' })
  if (has(entry, 'auth_ref') && (hasKey || hasVariable)) {
    findings.push({ rule: 'V14', field: hasKey ? 'api_key' : 'api_key_env' })
  }
  for (const field of foreignAuthFields) if (has(entry, field)) findings.push({ rule: 'V15', field })
  for (const field of keyFields) {
    const value = has(entry, field) ? entry[field] : undefined
    if (typeof value !== 'string') continue
    const hasEdges = field === 'auth_ref' && value !== value.trim()
    if (hasEdges || value.trim() === '') findings.push({ rule: 'V16', field })
    // Names are shown and stored in clear text, so a key in the place of one goes no further.
    else if (field === 'auth_ref' && looksLikeKey(value)) findings.push({ rule: 'V16_key', field })
  }
  return findings
}

/** Checks that an organization and a project are given in one way only: V17. */
export function checkAccountFields(entry: Table): Finding[] {
  return ['organization', 'project']
    .filter((field) => has(entry, field) && has(entry, `${field}_env`))
    .map((field) => ({ rule: 'V17', field: `${field}_env` }))
}
