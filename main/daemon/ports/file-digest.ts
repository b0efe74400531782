/** SHA-256 of an open file from its beginning to its end, in hexadecimal. Rejects with the system's error. */
export interface FileDigest {
  of(fd: number): Promise<string>
  /** What is under way rejects. */
  close(): Promise<void>
}

/** What goes to the thread that hashes. The files of a process are open in all of its threads. */
export interface DigestQuestion {
  readonly id: number
  readonly fd: number
}

/** And what comes back; `code` is the system's word for what went wrong. */
export type DigestAnswer =
  { readonly id: number; readonly sha256: string } | { readonly id: number; readonly code: string }
