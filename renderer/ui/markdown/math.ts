import type { Element, ElementContent, Nodes, Parents, Root } from 'hast'
import { fromHtmlIsomorphic } from 'hast-util-from-html-isomorphic'
import { renderToString } from 'katex'
import remarkMath from 'remark-math'
import type { PluginConfig } from 'streamdown'

/** Formulas that are remembered: a block that grows is parsed again and again. */
const remembered = 400
const drawn = new Map<string, readonly ElementContent[] | null>()

/** Mathematics as MathML, which the browser draws without fonts and without inline styles. */
export const math: NonNullable<PluginConfig['math']> = {
  name: 'katex',
  type: 'math',
  remarkPlugin: [remarkMath, { singleDollarTextMath: false }],
  rehypePlugin: () => (tree: Root) => drawIn(tree),
}

function drawIn(parent: Parents): void {
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

function draw(tex: string, isBlock: boolean): readonly ElementContent[] | null {
  const key = `${isBlock ? 'block' : 'inline'}\n${tex}`
  const known = drawn.get(key)
  if (known !== undefined) return known
  const children = typeset(tex, isBlock)
  drawn.set(key, children)
  if (drawn.size > remembered)
    for (const oldest of drawn.keys()) if (drawn.size > remembered) drawn.delete(oldest)
  return children
}

function typeset(tex: string, isBlock: boolean): readonly ElementContent[] | null {
  try {
    const html = renderToString(tex, {
      output: 'mathml',
      displayMode: isBlock,
      strict: 'ignore',
      throwOnError: true,
    })
    // The policy forbids style attributes, and refuses them while the text is being parsed.
    const { children } = fromHtmlIsomorphic(html.replaceAll(/ style="[^"]*"/g, ''), { fragment: true })
    return children.filter((child) => child.type !== 'doctype')
  } catch {
    return null
  }
}

const hasClass = (element: Element, name: string): boolean =>
  Array.isArray(element.properties['className']) && element.properties['className'].includes(name)

const textOf = (node: Nodes): string =>
  node.type === 'text' ? node.value : 'children' in node ? node.children.map(textOf).join('') : ''
