import type { AcceptedType } from '../../core/media-types/media-types'
import type { MadeFile, MediaResult } from '../../ports/media'

/** A file that was read, and where to put what is made of it. */
export interface Given {
  readonly type: AcceptedType
  readonly bytes: Buffer
  /** The file as it is, as what is kept. Not of pictures. */
  readonly keep: () => Promise<MadeFile>
  readonly out: string
  /** The file itself is what is kept, or it is refused. */
  readonly keeps_bytes?: true
  readonly progress?: (done: number) => void
}

export type Taken = Omit<MediaResult, 'source_media_type' | 'source_byte_length'>
