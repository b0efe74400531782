/** Runs something once, soon. Returns the undo. */
export type OnNextFrame = (run: () => void) => () => void

/** A hidden window draws no frames; events still have to be taken in. */
const hiddenMs = 250

export const onNextFrame: OnNextFrame = (run) => {
  const once = (): void => {
    cancel()
    run()
  }
  const frame = requestAnimationFrame(once)
  const timer = setTimeout(once, hiddenMs)
  const cancel = (): void => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
  return cancel
}
