/** Puts text on the clipboard. Where the permission is refused, the old way: select and copy. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copySelected(text)
  }
}

function copySelected(text: string): boolean {
  const before = document.activeElement
  const box = document.createElement('textarea')
  box.value = text
  box.setAttribute('aria-hidden', 'true')
  box.className = 'fixed top-0 opacity-0'
  document.body.append(box)
  box.select()
  const wentWell = document.execCommand('copy')
  box.remove()
  if (before instanceof HTMLElement) before.focus({ preventScroll: true })
  return wentWell
}
