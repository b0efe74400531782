import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

// Plain JavaScript: the types of this room have no `node:`, and Vitest empties style sheets that are imported.
const css = readFileSync(new URL('theme.css', import.meta.url), 'utf8')

const base = css.slice(0, css.indexOf('@variant more-contrast'))
const more = css.slice(css.indexOf('@variant more-contrast'), css.indexOf("[data-theme='light']"))

function colours(text, scheme) {
  const out = new Map()
  for (const [, name, light, dark] of text.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)) {
    out.set(name ?? '', (scheme === 0 ? light : dark) ?? '')
  }
  out.set('on-accent', '#ffffff')
  return out
}

function luminance(hex) {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((from) => {
    const part = parseInt(hex.slice(from, from + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a, b) {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const grounds = ['canvas', 'surface', 'raised', 'hover', 'selected', 'control', 'control-hover']
const pairs = [
  ...['ink', 'muted', 'faint'].flatMap((ink) => grounds.map((ground) => [ink, ground, 4.5])),
  ...['canvas', 'surface', 'raised', 'hover', 'accent-soft'].map((ground) => ['accent-ink', ground, 4.5]),
  ...['canvas', 'surface', 'raised', 'hover', 'danger-soft'].map((ground) => ['danger', ground, 4.5]),
  ...['canvas', 'surface', 'warn-soft'].map((ground) => ['warn', ground, 4.5]),
  ...['canvas', 'surface', 'raised', 'good-soft'].map((ground) => ['good', ground, 4.5]),
  ...['accent', 'accent-hover', 'danger-fill'].map((ground) => ['on-accent', ground, 4.5]),
  ...['warn-soft', 'danger-soft', 'accent-soft', 'mark'].flatMap((ground) => [
    ['ink', ground, 7],
    ['muted', ground, 4.5],
  ]),
  // Edges of controls and the focus ring: WCAG 1.4.11.
  ...['canvas', 'surface', 'raised'].flatMap((ground) => [
    ['line-strong', ground, 3],
    ['focus', ground, 3],
  ]),
]

for (const scheme of [0, 1]) {
  for (const boosted of [false, true]) {
    test(`contrast of the ${scheme === 0 ? 'light' : 'dark'} theme${boosted ? ', high contrast' : ''}`, () => {
      const found = colours(base, scheme)
      if (boosted) for (const [name, value] of colours(more, scheme)) found.set(name, value)
      const weak = pairs.flatMap(([ink, ground, least]) => {
        const a = found.get(ink)
        const b = found.get(ground)
        if (a === undefined || b === undefined) return [`${ink} or ${ground} is not defined`]
        const reached = contrast(a, b)
        return reached < least ? [`${ink} on ${ground}: ${reached.toFixed(2)} < ${least}`] : []
      })
      expect(weak).toEqual([])
    })
  }
}
