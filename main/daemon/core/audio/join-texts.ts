/** Texts of neighbouring parts as one: nothing is said twice, for the parts have no sound in common. */
export const joinTexts = (texts: readonly string[]): string =>
  texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join(' ')
