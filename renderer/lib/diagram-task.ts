/** The page that draws: another origin than the window's, in a frame without any right but to run its own script. */
export const diagramPage = 'app://diagrams/'

/** Most characters and connections of one diagram. More than anybody reads, and less than it takes to hang. */
export const diagramLimits = { characters: 30_000, edges: 400, svgCharacters: 2_000_000 } as const

/** The window's colours as `rgb(…)`, by what they are for. */
export interface DiagramColours {
  readonly canvas: string
  readonly surface: string
  readonly line: string
  readonly ink: string
  readonly muted: string
  readonly soft: string
  readonly strong: string
  readonly note: string
  readonly danger: string
}

/** From the window to the frame. */
export interface DiagramTask {
  readonly id: number
  readonly source: string
  readonly isDark: boolean
  readonly colours: DiagramColours
}

/** From the frame: `ready` once, then one answer for each task. */
export type DiagramAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'wrong'; readonly id: number }
  | ({ readonly kind: 'drawn'; readonly id: number } & DiagramPicture)

/** A picture that stands for itself: well-formed XML, no script, nothing that is fetched. */
export interface DiagramPicture {
  readonly svg: string
  /** CSS pixels at its own size. */
  readonly width: number
  readonly height: number
  /** What the author calls it; may be empty. */
  readonly title: string
}
