import type { Fault } from '@contract/fault'
import type { DoctorReport, RuntimeView } from '@contract/routes'
import type { Receipt } from '@contract/runs'
import type { SecretsList, SecretView } from '@contract/secrets'

export const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

export const faultLine = (fault: Fault): string => `kheish: ${fault.detail} (${fault.code})\n`

export function secretLine(secret: SecretView): string {
  const users = secret.used_by.length > 0 ? `used by ${secret.used_by.join(', ')}` : 'not used'
  const at = new Date(secret.updated_at_ms).toISOString()
  return `${secret.slot_id}  ${secret.provider}  ${secret.mode}  ${secret.held}  ${users}  ${at}\n`
}

export function secretLines({ keychain, action, slots }: SecretsList): string {
  const head = `keychain: ${keychain}${action === undefined ? '' : ` (${action})`}\n`
  return head + (slots.length > 0 ? slots.map(secretLine).join('') : 'no slots\n')
}

export function runtimeLines(runtime: RuntimeView): string {
  const lines = runtime.routes.map((route) => {
    const mark = route.route_id === runtime.route_id ? '*' : ' '
    const key = route.auth_ref === undefined ? '' : `  key ${route.auth_ref}`
    return `${mark} ${route.route_id}  ${route.provider}  ${route.model}${key}\n`
  })
  const troubles = runtime.route_diagnostics.map((each) => `! ${each.message}\n`)
  return [...lines, ...troubles, `revision ${String(runtime.config.revision)}\n`].join('')
}

export function doctorLines(report: DoctorReport): string {
  const routes = report.routes.map((route) => {
    const mark = route.route_id === report.default_route ? '*' : ' '
    return `${mark} ${route.route_id}  ${route.model}  ${route.auth_kind}${route.auth_ref === undefined ? '' : ` ${route.auth_ref}`}\n`
  })
  const warnings = report.warnings.map((each) => `warning ${each.code}: ${each.message}${placeOf(each)}\n`)
  const errors = report.errors.map((each) => `error ${each.code}: ${each.detail}${placeOf(each)}\n`)
  return [
    `${report.source}: ${report.ok ? 'healthy' : 'not healthy'}\n`,
    ...routes,
    ...warnings,
    ...errors,
  ].join('')
}

const placeOf = (spot: object): string => {
  const { line, column } = spot as { readonly line?: number; readonly column?: number }
  return line === undefined ? '' : ` (line ${String(line)}, column ${String(column ?? 1)})`
}

export function receiptLine(receipt: Receipt): string {
  const { served_model, model, served_provider, prompt_tokens, completion_tokens, cost, duration_ms } =
    receipt
  const tokens =
    completion_tokens === undefined
      ? []
      : [`${String(prompt_tokens ?? 0)} + ${String(completion_tokens)} tokens`]
  const money =
    cost.usd === undefined ? [] : [`${cost.basis === 'estimated' ? '~' : ''}$${cost.usd.toFixed(6)}`]
  const time = duration_ms === undefined ? [] : [`${(duration_ms / 1_000).toFixed(1)} s`]
  const who =
    served_provider === undefined ? (served_model ?? model) : `${served_model ?? model} by ${served_provider}`
  return `${[who, ...tokens, ...money, ...time].join(' · ')}\n`
}
