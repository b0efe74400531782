/** What came of a public address. */
export interface PublicAnswer {
  readonly final_url: string
  /** Addresses that led on, in order. */
  readonly redirects: readonly string[]
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly truncated: boolean
}

export interface PublicAsk {
  readonly signal: AbortSignal
  /** Media types that are taken, in lower case and without parameters; anything else is refused. */
  readonly takes: (mediaType: string) => boolean
  /** Bytes: a body is cut there, one that declares more is refused. */
  readonly most: number
  readonly headers?: Readonly<Record<string, string>>
}

/** Why an address is not asked, or its answer not taken; a sentence for whoever asked. */
export class AddressRefused extends Error {}

/**
 * Asks public addresses of the internet and no others: names are looked up once, every answer is checked, and the
 * connection goes to what was checked; each redirect (5 at most) is checked anew; no proxy (contract 9.7).
 */
export interface PublicFetch {
  get(url: string, ask: PublicAsk): Promise<PublicAnswer>
}
