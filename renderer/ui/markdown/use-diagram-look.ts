import { useSyncExternalStore } from 'react'
import type { DiagramColours } from '../../lib/diagram-task'
import type { DiagramLook } from './diagram-drawer'

/** Which of the window's colours (theme.css) stands for what. */
const names: Readonly<Record<keyof DiagramColours, string>> = {
  canvas: '--canvas',
  surface: '--surface',
  line: '--line-strong',
  ink: '--ink',
  muted: '--muted',
  soft: '--accent-soft',
  strong: '--accent-ink',
  note: '--warn-soft',
  danger: '--danger-soft',
}
const media = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)']

let look: DiagramLook | null = null

/** The colours of the window in force, the same object until they change. */
export const useDiagramLook = (): DiagramLook => useSyncExternalStore(watch, () => (look ??= read()))

function watch(changed: () => void): () => void {
  const update = (): void => {
    look = null
    changed()
  }
  const attributes = new MutationObserver(update)
  attributes.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-contrast'] })
  const queries = media.map((query) => matchMedia(query))
  for (const query of queries) query.addEventListener('change', update)
  return () => {
    attributes.disconnect()
    for (const query of queries) query.removeEventListener('change', update)
  }
}

function read(): DiagramLook {
  const probe = document.createElement('span')
  document.body.append(probe)
  const colourOf = (name: string): string => {
    probe.style.color = `var(${name})`
    return getComputedStyle(probe).color
  }
  const colours = Object.fromEntries(
    Object.entries(names).map(([use, name]) => [use, colourOf(name)]),
  ) as Readonly<Record<keyof DiagramColours, string>>
  probe.remove()
  return { isDark: isDarkColour(colours.canvas), colours }
}

const isDarkColour = (rgb: string): boolean => {
  const [red = 0, green = 0, blue = 0] = rgb.match(/[\d.]+/g)?.map(Number) ?? []
  return red * 0.299 + green * 0.587 + blue * 0.114 < 128
}
