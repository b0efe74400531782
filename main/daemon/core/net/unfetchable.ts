export type WhyUnfetchable =
  /** No address of the web that may be asked: another scheme, a name and password in it, not the open internet. */
  'refused' | 'redirects' | 'wrong_type' | 'too_large' | 'unreachable' | 'timeout' | 'interrupted'

/** Nothing was fetched. The message is a sentence for people and models. */
export class Unfetchable extends Error {
  readonly why: WhyUnfetchable
  constructor(why: WhyUnfetchable, message: string, options?: ErrorOptions) {
    super(message, options)
    this.why = why
  }
}
