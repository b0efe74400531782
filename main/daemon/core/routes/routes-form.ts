import type { CheckedRoutesText } from '@contract/routes-file'
import { namesCredential } from '../redaction/credential-names'
import { looksLikeKey } from '../redaction/secret-shapes'
import { isTable } from './check-top'
import type { ParseToml } from './route'

type Form = NonNullable<CheckedRoutesText['form']>
type Fields = Form['routes'][number]['fields']

/** What a form shows of a routes file; null when it is no TOML. A key that stands in the file is only `true`. */
export function routesForm(text: string, parse: ParseToml): Form | null {
  let root: unknown
  try {
    root = parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
  if (!isTable(root)) return null
  const { default_route: standard, routes } = root
  return {
    default_route: typeof standard === 'string' ? standard : null,
    routes: Object.entries(isTable(routes) ? routes : {}).flatMap(([route_id, entry]) =>
      isTable(entry) ? [{ route_id, fields: fieldsOf(entry) }] : [],
    ),
  }
}

/** Arrays, dates and tables are for the text only. */
function fieldsOf(entry: Readonly<Record<string, unknown>>): Fields {
  const fields: [string, string | boolean | number][] = []
  for (const [key, value] of Object.entries(entry)) {
    if (typeof value === 'string') fields.push([key, holdsKey(key, value) || value])
    else if (typeof value === 'boolean') fields.push([key, value])
    else if (typeof value === 'number' && Number.isFinite(value)) fields.push([key, value])
  }
  return Object.fromEntries(fields)
}

/** `api_key_env` is the name of a variable. */
const holdsKey = (key: string, value: string): boolean =>
  looksLikeKey(value) || (key !== 'api_key_env' && namesCredential(key))
