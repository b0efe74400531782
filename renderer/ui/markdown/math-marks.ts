/** Code, then the ways models write mathematics: \[…\], \(…\), and $…$ by pandoc's rule. */
const pattern =
  /(`{3,}[\s\S]*?(?:`{3,}|$)|~{3,}[\s\S]*?(?:~{3,}|$)|(`+)(?:(?!\2)[\s\S])+?\2(?!`)|\$\$[\s\S]*?(?:\$\$|$))|\\\[([\s\S]+?)\\\]|\\\(([^\n]+?)\\\)|(?<![\\$\w])\$(?![\s$])([^$\n]*?[^\s\\$])\$(?![\d$])/g

/** Rewrites every spelling of mathematics to the one that the parser takes, and leaves code and prices alone. */
export function unifyMath(text: string): string {
  if (!hasMath(text)) return text
  return text.replace(
    pattern,
    (whole, code?: string, _ticks?: string, block?: string, inline?: string, dollar?: string) => {
      if (code !== undefined) return whole
      if (block !== undefined) return `\n$$\n${block.trim()}\n$$\n`
      const tex = inline ?? dollar
      return tex === undefined ? whole : `$$${tex.trim()}$$`
    },
  )
}

/** Cheap: whether it is worth loading what draws mathematics. */
export const hasMath = (text: string): boolean =>
  text.includes('$') || text.includes('\\(') || text.includes('\\[')
