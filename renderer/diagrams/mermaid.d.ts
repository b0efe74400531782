interface Window {
  /** The part of Mermaid that is used: its one-file edition brings no types. */
  readonly mermaid: {
    initialize(config: Readonly<Record<string, unknown>>): void
    /** Rejects when it does not understand the source. */
    render(id: string, source: string): Promise<{ readonly svg: string }>
  }
}
