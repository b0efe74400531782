/** Code, then the ways models write mathematics: \[…\], \(…\), and $…$ by pandoc's rule. */
const pattern =
  /(`{3,}[\s\S]*?(?:`{3,}|$)|~{3,}[\s\S]*?(?:~{3,}|$)|(`+)(?:(?!\2)[\s\S])+?\2(?!`)|\$\$[\s\S]*?(?:\$\$|$))|\\\[([\s\S]+?)\\\]|\\\(([^\n]+?)\\\)|(?<![\\$\w])\$(?![\s$])([^$\n]*?[^\s\\$])\$(?![\d$])/g

/** Rewrites every spelling of mathematics to the one that the parser takes, and leaves code and prices alone. */
export function unifyMath(text: string): string {
  if (!hasMath(text)) return text
  return text.replace(
    pattern,
    (
      whole: string,
      code: string | undefined,
      _ticks: string | undefined,
      block: string | undefined,
      inline: string | undefined,
      dollar: string | undefined,
      at: number,
    ) => {
      // The parser takes `$$…$$` for a display only when the marks have lines of their own.
      if (isLineOfMath(text, whole, at)) return `$$\n${whole.slice(2, -2).trim()}\n$$`
      if (code !== undefined) return whole
      if (block !== undefined) return `\n$$\n${block.trim()}\n$$\n`
      const tex = inline ?? dollar
      return tex === undefined ? whole : `$$${tex.trim()}$$`
    },
  )
}

const isLineOfMath = (text: string, whole: string, at: number): boolean =>
  /^\$\$[^\n]+\$\$$/.test(whole) &&
  (at === 0 || text[at - 1] === '\n') &&
  /^[ \t]*(\n|$)/.test(text.slice(at + whole.length, at + whole.length + 40))

/** Cheap: whether it is worth loading what draws mathematics. */
export const hasMath = (text: string): boolean =>
  text.includes('$') || text.includes('\\(') || text.includes('\\[')
