import { useEffect } from 'react'
import { useApp } from './app-context'
import { isBusyElsewhere } from './busy-elsewhere'
import { runCommand } from './commands'
import { closeEditor } from './editor-actions'
import { stepOutOfLibrary } from './library-actions'

const writing = 'input, textarea, select, [contenteditable]'

/**
 * Escape stops the answer wherever the focus is in the chat, unless something else is open or being written. In the
 * library it leads a step out; the image editor it closes, once nothing in it wants the key.
 */
export function useEscapeStops(): void {
  const app = useApp()
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
      const { target } = event
      if (!(target instanceof Element) || target.closest(writing) || isBusyElsewhere()) return
      const { page } = app.store.getState()
      if (page === 'library') stepOutOfLibrary(app)
      else if (page === 'editor') closeEditor(app)
      else if (target === document.body || target.closest('main')) runCommand(app, 'run.stop')
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [app])
}
