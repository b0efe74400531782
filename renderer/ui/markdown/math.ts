import rehypeKatex from 'rehype-katex'
import remarkMath from 'remark-math'
import type { PluginConfig } from 'streamdown'

/** MathML only: the browser draws it without fonts and without inline styles. */
export const math: NonNullable<PluginConfig['math']> = {
  name: 'katex',
  type: 'math',
  remarkPlugin: [remarkMath, { singleDollarTextMath: false }],
  rehypePlugin: [
    rehypeKatex,
    { output: 'mathml', throwOnError: false, strict: 'ignore', errorColor: 'inherit' },
  ],
}
