import { renderToString } from 'katex'
import remarkMath from 'remark-math'
import type { PluginConfig } from 'streamdown'

/** As much of an HTML tree (hast) as is needed here. */
interface Element {
  readonly type: 'element'
  readonly tagName: string
  readonly properties: { readonly [name: string]: unknown }
  readonly children: Node[]
}
interface Text {
  readonly type: 'text'
  readonly value: string
}
type Node = Element | Text

/** Formulas that are remembered: a block that grows is parsed again and again. */
const remembered = 400
const drawn = new Map<string, readonly Node[] | null>()

/** Mathematics as MathML, which the browser draws without fonts and without inline styles. */
export const math: NonNullable<PluginConfig['math']> = {
  name: 'katex',
  type: 'math',
  remarkPlugin: [remarkMath, { singleDollarTextMath: false }],
  rehypePlugin: () => (tree: unknown) => drawIn(tree as Element),
}

function drawIn(parent: Element): void {
  for (const [at, child] of parent.children.entries()) {
    if (child.type !== 'element') continue
    const found = formulaIn(child)
    if (!found) drawIn(child)
    else parent.children.splice(at, 1, found)
  }
}

/** `code.language-math`, in a `pre` when it stands on its own. What can't be drawn stays as it was written. */
function formulaIn(element: Element): Element | null {
  const isBlock = element.tagName === 'pre'
  const code = isBlock ? element.children.find((child) => child.type === 'element') : element
  if (code?.tagName !== 'code' || !hasClass(code, 'language-math')) return null
  const tex = textOf(code)
  const children = draw(tex, isBlock)
  if (!children)
    return { type: 'element', tagName: 'code', properties: {}, children: [{ type: 'text', value: tex }] }
  const properties = { className: [isBlock ? 'md-formula' : 'md-math'] }
  return { type: 'element', tagName: isBlock ? 'div' : 'span', properties, children: [...children] }
}

function draw(tex: string, isBlock: boolean): readonly Node[] | null {
  const key = `${isBlock ? 'block' : 'inline'}\n${tex}`
  const known = drawn.get(key)
  if (known !== undefined) return known
  const children = typeset(tex, isBlock)
  drawn.set(key, children)
  if (drawn.size > remembered)
    for (const oldest of drawn.keys()) if (drawn.size > remembered) drawn.delete(oldest)
  return children
}

function typeset(tex: string, isBlock: boolean): readonly Node[] | null {
  try {
    const xml = renderToString(tex, {
      output: 'mathml',
      displayMode: isBlock,
      strict: 'ignore',
      throwOnError: true,
    })
    // The window's policy refuses style attributes already while they are parsed.
    const page = new DOMParser().parseFromString(xml.replaceAll(/ style="[^"]*"/g, ''), 'application/xml')
    const formula = page.querySelector('math')
    return formula ? [elementOf(formula)] : null
  } catch {
    return null
  }
}

function elementOf(source: globalThis.Element): Element {
  const children: Node[] = []
  for (const child of source.childNodes) {
    if (child instanceof globalThis.Element) children.push(elementOf(child))
    else if (child.nodeValue) children.push({ type: 'text', value: child.nodeValue })
  }
  const properties = Object.fromEntries([...source.attributes].map(({ name, value }) => [name, value]))
  return { type: 'element', tagName: source.localName, properties, children }
}

const hasClass = (element: Element, name: string): boolean =>
  Array.isArray(element.properties['className']) && element.properties['className'].includes(name)

const textOf = (node: Node): string =>
  node.type === 'text' ? node.value : node.children.map(textOf).join('')
