/** The most of one text that is laid out before somebody asks for more. Characters. */
export const longestShown = 300_000

/** Columns. Deeper nesting looks the same and costs the parser the square of its depth. */
const deepestIndent = 80
const tooDeep = new RegExp(`^[ \\t]{${deepestIndent + 1},}(?=\\S)`, 'gm')

/** The part of a text that is drawn; never half a character. */
export const shownPart = (text: string, limit = longestShown): string =>
  text.length <= limit ? text : text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '')

/** Prose as written, but for indents that go further than a window is wide. */
export const boundIndent = (text: string): string => text.replace(tooDeep, ' '.repeat(deepestIndent))
