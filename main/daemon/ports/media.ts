/** A file to be looked at, normalised and measured, in a process that may be killed. Paths are absolute. */
export interface MediaJob {
  /** Read, never changed. */
  readonly source: string
  readonly file_name: string
  /** As declared; detected when absent. */
  readonly media_type?: string
  /** An empty folder for what is made; its owner removes it. */
  readonly out: string
}

/** A finished file in the job's folder; written, synced and closed. */
export interface MadeFile {
  readonly path: string
  readonly media_type: string
  /** Hexadecimal. */
  readonly sha256: string
  readonly byte_length: number
}

export interface MediaResult {
  /** What is to be kept: the source as it is (maybe a second name of the same file), or what it was normalised to. */
  readonly raw: MadeFile
  readonly source_media_type: string
  readonly source_byte_length: number
  /** Pixels of the stored picture, and of what was given, after its orientation. */
  readonly width?: number
  readonly height?: number
  readonly source_width?: number
  readonly source_height?: number
  readonly duration_ms?: number
  readonly sample_rate?: number
  readonly channels?: number
  readonly pages?: number
  /** UTF-8, LF, trimmed. May be the same file as `raw`. */
  readonly text?: MadeFile & { readonly is_cut: boolean }
  /** The first page of a PDF as a picture. */
  readonly preview?: MadeFile
  /** For grids: 320 pixels at the longest edge. */
  readonly thumbnail?: MadeFile
}

/**
 * Looks at files in a process of its own: a hostile one costs one import. Faults: asset_empty, asset_too_large,
 * unsupported_media_type, media_type_mismatch, asset_invalid (also `decoder_crashed`, `too_slow`, `too_much_memory`),
 * asset_unreadable when the source can't be read, storage_full, import_cancelled when the signal aborts.
 */
export interface MediaWorker {
  process(
    job: MediaJob,
    signal: AbortSignal,
    progress?: (done: number, all: number) => void,
  ): Promise<MediaResult>
  /** Ends the process; what is under way fails. */
  close(): Promise<void>
}
