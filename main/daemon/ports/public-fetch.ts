/** How much of an answer is wanted. */
export interface PublicAsk {
  readonly signal: AbortSignal
  /** Media types that are taken, lower case and without parameters; empty where none is said. */
  readonly accept: (mediaType: string) => boolean
  /** Bytes of the body, unpacked. More is cut off; what says beforehand that it has more is refused. */
  readonly most: number
  /** Followed at most; each is checked like the first address. */
  readonly redirects: number
  /** Milliseconds for all of it. */
  readonly patience_ms: number
}

export interface PublicAnswer {
  /** Without the part behind `#`. */
  readonly final_url: string
  readonly redirects: number
  /** Any: an answer that is no success is an answer. */
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly media_type: string
  readonly body: Uint8Array
  /** There was more than `most`. */
  readonly truncated: boolean
}

/**
 * Asks for what lies at an address of the open internet (contract 9.2, 9.7): http and https without credentials; every
 * address a name stands for is looked at, and the connection goes to the very ones that were. No proxy, no cookies.
 */
export interface PublicFetch {
  /** Throws `Unfetchable` (core/net). */
  get(url: string, ask: PublicAsk): Promise<PublicAnswer>
}
