import type { RegionProof } from '@contract/message'

/** A file to be looked at, normalised and measured, in a process that may be killed. Paths are absolute. */
export interface MediaJob {
  /** Read, never changed. */
  readonly source: string
  readonly file_name: string
  /** As declared; detected when absent. */
  readonly media_type?: string
  /** The raw file is the source byte for byte, or it is refused. */
  readonly keeps_bytes?: true
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

/** A box in pixels of the source. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What a region edit is made ready with. Paths are absolute and only read; `out` as in `MediaJob`. */
export interface RegionJob {
  readonly source: string
  /** White where the picture may change; of the source's size. */
  readonly mask: string
  readonly feather_px: number
  readonly out: string
}

export interface RegionMade {
  readonly width: number
  readonly height: number
  /** The mask as it is kept: a grey PNG of the source's size, not feathered. */
  readonly mask: MadeFile
  /** The region with some of what surrounds it, cut out of the source. */
  readonly crop: MadeFile
  readonly crop_box: Box
  /** The whole source with the region marked, for models that look at references. */
  readonly marked: MadeFile
}

/** A model's picture laid back into the source, through the feathered mask. */
export interface ComposeJob extends RegionJob {
  /** What the model made: of the whole picture, or of `box` alone. */
  readonly edit: string
  readonly box?: Box
}

export interface Composed {
  /** PNG of the source's size, without loss. */
  readonly composite: MadeFile
  /** Counted on the encoded picture. */
  readonly proof: Omit<RegionProof, 'asset_id'>
}

/** A recording that is to be written down. Paths are absolute and only read; `out` as in `MediaJob`. */
export interface SoundJob {
  readonly source: string
  readonly media_type: string
  /** The longest part, milliseconds. */
  readonly part_ms: number
  readonly out: string
}

/** Consecutive pieces of a recording: together they are all of it, and no sound is in two of them. */
export interface SoundParts {
  readonly parts: readonly (MadeFile & {
    readonly format: string
    readonly from_ms: number
    readonly to_ms: number
  })[]
}

/** Recordings to be one. `out` as in `MediaJob`. */
export interface JoinJob {
  readonly sources: readonly string[]
  readonly out: string
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
  /** Faults as of `process`; `asset_invalid` with `mask_size` or `mask_empty` for a mask that does not fit. */
  region(job: RegionJob, signal: AbortSignal): Promise<RegionMade>
  compose(job: ComposeJob, signal: AbortSignal): Promise<Composed>
  /**
   * Makes a recording ready to be sent: 16 kHz mono WAV where it can be read here, else its packets as they are, in a
   * container of their kind. Fault beside those of `process`: `asset_invalid` with `sound_unreadable`.
   */
  sound(job: SoundJob, signal: AbortSignal): Promise<SoundParts>
  /**
   * One after the other: of one kind without re-encoding, unlike ones as 16 kHz mono WAV. Fault: `asset_invalid` with
   * `sounds_differ` where one of those can't be decoded here.
   */
  joinSounds(sources: readonly string[], out: string, signal?: AbortSignal): Promise<MadeFile>
  /** Ends the process; what is under way fails. */
  close(): Promise<void>
}
