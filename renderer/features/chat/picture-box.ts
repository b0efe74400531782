/** CSS pixels of the longer side of what an answer shows: one picture, or several together. */
export const answerSide = 460

/** Several pictures in the place of one, in squares: two by two, else three in a line. */
export const gridOf = (count: number) => ({
  width: answerSide,
  gridTemplateColumns: `repeat(${count === 2 || count === 4 ? 2 : 3}, minmax(0, 1fr))`,
})
