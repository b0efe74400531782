/** Which hosts a search may show, and which not. */
export interface Domains {
  readonly allowed: readonly string[]
  readonly blocked: readonly string[]
}

/** `https://Docs.Example.com/a` as `docs.example.com`: no scheme, no path, no port, lower case (contract 9.6). */
export function domainOf(written: string): string {
  const [host = ''] = written
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z\d+.-]*:\/\//, '')
    .split(/[/?#]/)
  return host
    .replace(/^.*@/, '')
    .replace(/:\d+$/, '')
    .replace(/^\*?\.+/, '')
    .replace(/\.+$/, '')
}

/** Repeats and blanks say nothing. */
export const domainsOf = (written: readonly string[]): readonly string[] => [
  ...new Set(written.map(domainOf).filter((domain) => domain !== '')),
]

/** The domain itself or one below it. */
const isIn = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`)

/** Blocked wins; an empty list of allowed ones allows all. */
export const isWanted = (host: string, { allowed, blocked }: Domains): boolean =>
  !blocked.some((domain) => isIn(host, domain)) &&
  (allowed.length === 0 || allowed.some((domain) => isIn(host, domain)))
