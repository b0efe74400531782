import type { Plugin } from 'vite'

type Names = readonly (readonly [string, string])[]

/** What a module would ask `import.meta`. */
const here = '__here'

/**
 * For the build. Chromium keeps what it compiled of a module the moment it has run, when nothing is drawn yet; of a
 * plain script it can do so later (`CacheCodeOnIdle`, `main/shell/start-shell`), with all in it that a start needs. So
 * the window's chunk becomes a plain script, and under its old name stands a module that hands out what it exported, as
 * it was when the script had run: nothing exported may be assigned anew later. Nothing is drawn before it has run: the
 * first frame would be one of nothing, and hold it up.
 */
export const plainWindow: Plugin = {
  name: 'plain-window',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const chunk = Object.values(bundle).find((each) => each.type === 'chunk' && each.name === 'window')
      const page = bundle['index.html']
      if (chunk?.type !== 'chunk' || page?.type !== 'asset')
        return this.error('The window has no chunk or page.')
      const { head, body, exported } = taken(chunk.code)
      const runtime = bundle[`assets/${head.from}`]
      if (runtime?.type !== 'chunk') return this.error(`The window imports ${head.from}.`)
      const script = chunk.fileName.replace('window-', 'start-')
      const source = [
        `(()=>{"use strict";const ${here}={url:document.currentScript.src}`,
        `const{${keys(head.names)}}=${asValue(runtime.code)}`,
        body.replaceAll('import.meta', here),
        `globalThis.kheishWindow={${keys(swapped(exported))}}})()`,
      ]
      this.emitFile({ type: 'asset', fileName: script, source: inAscii(source.join(';\n')) })
      // Words of the language are names outside, but can't be inside.
      const handed: Names = exported.map(([, name], at) => [name, `_${at}`])
      chunk.code = `const{${keys(handed)}}=globalThis.kheishWindow;export{${handed.map(([name, inside]) => `${inside} as ${name}`).join()}}`
      page.source = String(page.source)
        .split('\n')
        .filter((line) => !line.includes(head.from))
        .map((line) =>
          line.includes(chunk.fileName)
            ? `    <script defer blocking="render" src="./${script}"></script>`
            : line,
        )
        .join('\n')
    },
  },
}

/**
 * The same script in letters of one byte: with a single dash among them the engine would hold a megabyte as two, and
 * read it slower. `String.raw` would notice; where it is used there are none of these.
 */
const inAscii = (code: string): string =>
  code.replaceAll(/[^\0-\u007f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** A chunk's one import, what it does, and what it exports. */
function taken(code: string) {
  const head = /^import\{([^}]*)\}from["'`]\.\/([^"'`]+)["'`];/m.exec(code)
  const tail = /export\{([^}]*)\};?\s*$/.exec(code)
  if (!tail) throw new Error('The chunk exports nothing, or not at its end.')
  return {
    head: { names: pairs(head?.[1] ?? ''), from: head?.[2] ?? '' },
    body: code.slice(0, tail.index).replace(head?.[0] ?? '', ''),
    exported: pairs(tail[1] ?? ''),
  }
}

/** `a as b, c` */
const pairs = (list: string): Names =>
  list
    .split(',')
    .map((each) => each.trim().split(' as '))
    .map(([name = '', other = name]) => [name, other])

const swapped = (names: Names): Names => names.map(([name, other]) => [other, name])
const keys = (names: Names): string => names.map((each) => each.join(':')).join()

/** The runtime imports nothing, and is an expression here. */
function asValue(code: string): string {
  const { body, exported } = taken(code)
  return `(()=>{${body};return{${keys(swapped(exported))}}})()`
}
