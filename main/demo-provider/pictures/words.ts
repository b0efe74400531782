/** What the demo's painter understands of a prompt, in English and German. */
const colourWords: Readonly<Record<string, string>> = {
  'red|rot\\w*|crimson|scarlet': '#d03a2b',
  'orange\\w*': '#ee8a1d',
  'yellow|gelb\\w*|gold\\w*': '#f2c431',
  'green|grün\\w*|emerald': '#2f9e5f',
  'blue|blau\\w*|azure|navy': '#2f6fd0',
  'turquoise|teal|cyan|türkis\\w*': '#25a9b0',
  'purple|violet|lila|violett\\w*': '#7b4fc9',
  'pink|rosa|magenta': '#e86aa6',
  'brown|braun\\w*': '#7d5233',
  'black|schwarz\\w*': '#17181c',
  'white|weiß\\w*|weiss\\w*': '#f7f6f1',
  'gr[ae]y|grau\\w*|silver|silbern\\w*': '#8e939b',
}

const shapeWords = {
  circle: 'circle|ball|dot|kreis|kugel|punkt|balloon|ballon|planet',
  square: 'square|box|cube|quadrat|würfel|kiste',
  triangle: 'triangle|dreieck|pyramid|pyramide',
  star: 'stars?|sterne?n?',
  sun: 'sun|sunset|sunrise|sonne|sonnen\\w*',
  moon: 'moon|mond',
  mountain: 'mountains?|hills?|berge?n?|hügel',
  tree: 'trees?|forest|bäume?|baum|wald',
  house: 'houses?|home|cottage|häuser|haus|hütte',
  sea: 'sea|ocean|lake|water|river|meer|see|wasser|fluss',
  flower: 'flowers?|rose|tulip|blumen?|blüten?',
  cat: 'cat|kitten|katzen?|kater|kätzchen',
} as const
export type Shape = keyof typeof shapeWords

export interface Thing {
  readonly shape: Shape
  readonly colour?: string
}
export interface Scene {
  readonly background?: string
  readonly things: readonly Thing[]
}

const whole = (words: string) => new RegExp(`^(?:${words})$`, 'iu')
const colours = Object.entries(colourWords).map(([words, colour]) => ({ is: whole(words), colour }))
const shapes = Object.entries(shapeWords).map(([shape, words]) => ({
  is: whole(words),
  shape: shape as Shape,
}))

export const colourOf = (word: string): string | undefined => colours.find(({ is }) => is.test(word))?.colour
const shapeOf = (word: string): Shape | undefined => shapes.find(({ is }) => is.test(word))?.shape

/**
 * Reads a prompt word by word: a colour belongs to the next thing that is named. One that nothing follows, or that
 * stands before “background” or “sky”, is the background's.
 */
export function readPrompt(prompt: string): Scene {
  const things: Thing[] = []
  let background: string | undefined
  let colour: string | undefined
  for (const word of prompt.match(/[\p{L}\p{N}]+/gu) ?? []) {
    const shape = shapeOf(word)
    if (shape) {
      if (!things.some((thing) => thing.shape === shape)) things.push(colour ? { shape, colour } : { shape })
      colour = undefined
    } else if (/^(background|hintergrund|sky|himmel|ground|grund)$/i.test(word)) {
      background ??= colour
      colour = undefined
    } else colour = colourOf(word) ?? colour
  }
  background ??= colour
  return { things: things.slice(0, 5), ...(background ? { background } : {}) }
}

/** A number that depends on a text alone. */
export function numberOf(text: string): number {
  let hash = 2166136261
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619)
  return hash >>> 0
}

/** Numbers in [0, 1) that are the same for the same seed. */
export function chancesOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
