import { expect, test } from 'vitest'
import { diagramLimits, type DiagramColours } from '../lib/diagram-task'
import { mermaidConfig } from './mermaid-config'

const colours = { ink: 'rgb(1, 2, 3)' } as DiagramColours

test('what keeps a diagram harmless and legible cannot be changed by its source', () => {
  const config = mermaidConfig({ isDark: false, colours })
  expect(config).toMatchObject({
    securityLevel: 'strict',
    htmlLabels: false,
    maxTextSize: diagramLimits.characters,
    maxEdges: diagramLimits.edges,
  })
  for (const key of ['secure', 'securityLevel', 'htmlLabels', 'maxTextSize', 'maxEdges', 'theme', 'themeCSS'])
    expect(config.secure).toContain(key)
})

test('colours are those of the window, and differ between light and dark', () => {
  const light = mermaidConfig({ isDark: false, colours })
  const dark = mermaidConfig({ isDark: true, colours })
  expect(light.themeVariables).toMatchObject({ primaryTextColor: 'rgb(1, 2, 3)', darkMode: false })
  expect(dark.themeVariables.darkMode).toBe(true)
  expect(dark.themeVariables).not.toEqual(light.themeVariables)
})
