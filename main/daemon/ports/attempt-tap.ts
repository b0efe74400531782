/** Watches one request to a provider and its answer. Nothing of it throws, and nothing waits for it. */
export interface AttemptTap {
  /** What goes out; the value of a credential is never among the headers. */
  asked(request: {
    readonly method: string
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body?: object
  }): void
  answered(response: { readonly status: number; readonly headers: Readonly<Record<string, string>> }): void
  /** The next piece of an event stream. */
  streamed(text: string): void
  /** An answer that is no stream. */
  said(body: string): void
}
