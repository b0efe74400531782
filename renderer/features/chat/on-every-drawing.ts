/** Runs something in the next frame, and again whenever rows in `root` come, go or grow. Returns the undo. */
export function onEveryDrawing(root: Element, run: () => void): () => void {
  let frame = 0
  const later = (): void => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(run)
  }
  later()
  const observer = new MutationObserver(later)
  observer.observe(root, { childList: true, characterData: true, subtree: true })
  return () => {
    cancelAnimationFrame(frame)
    observer.disconnect()
  }
}
