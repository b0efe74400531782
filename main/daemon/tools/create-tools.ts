import type { Clock } from '../ports/clock'
import type { Ids } from '../ports/ids'
import type { ImageService } from '../ports/images'
import type { PublicFetch } from '../ports/public-fetch'
import type { SpeechService } from '../ports/speech'
import type { Store } from '../ports/store'
import type { Toolbox } from '../ports/tools'
import { audioTools } from './audio/generate-audio'
import { createToolbox } from './create-toolbox'
import { emitOutput } from './emit-output'
import type { ImagePorts } from './images/image-ports'
import { pictureTools } from './images/picture-tools'
import { webFetch } from './web/web-fetch'
import { webSearch } from './web/web-search'

interface Needs extends Pick<ImagePorts, 'routing'> {
  readonly store: Store
  readonly images: ImageService
  readonly speech: SpeechService
  readonly clock: Clock
  readonly ids: Ids
  readonly web: PublicFetch
  /** The demo promises to need no network. */
  readonly isDemo: boolean
}

/** Everything a model may call. */
export const createTools = (on: Needs): Toolbox =>
  createToolbox([
    ...pictureTools(on),
    ...audioTools(on),
    { tool: emitOutput(on), isVisible: () => true },
    ...[webSearch(on.web), webFetch(on.web)].map((tool) => ({ tool, isVisible: () => !on.isDemo })),
  ])
