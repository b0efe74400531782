import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { normalizePath } from 'vite'
import { plainWindow } from './renderer/plain-window'

const at = (path: string) => resolve(import.meta.dirname, path)
const alias = { '@contract': at('preload/contract') }

// The oldest runtime the app runs on: Electron 33 (Node 20.18, Chromium 130). The same output runs on the pinned one.
const nodeTarget = 'node20.18'
const chromeTarget = 'chrome130'

/** The modules that the window's own entry imports, and what they import; not what is imported later. */
function modulesOfWindow(infoOf: (id: string) => { readonly importedIds: readonly string[] } | null) {
  const found = new Set([normalizePath(at('renderer/app/main.tsx'))])
  for (const id of found) for (const imported of infoOf(id)?.importedIds ?? []) found.add(imported)
  return found
}
let ofWindow: ReadonlySet<string> | undefined

/** The root's package says otherwise. */
const saysCommonJs = {
  name: 'says-common-js',
  generateBundle(this: PluginContext) {
    this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' })
  },
}

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      target: nodeTarget,
      sourcemap: true,
      minify: true,
      // Only what carries a native binary stays outside the bundle; one file starts faster than a hundred.
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          index: at('main/index.ts'),
          kheish: at('main/cli/index.ts'),
          'keychain-child': at('main/daemon/keychain/child.ts'),
          'media-child': at('main/daemon/assets/media/child.ts'),
          'hash-thread': at('main/daemon/assets/hash/thread.ts'),
          'demo-provider': at('main/demo-provider/index.ts'),
        },
        plugins: [saysCommonJs],
        output: { format: 'cjs', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    resolve: { alias },
    build: {
      target: nodeTarget,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    resolve: { alias },
    plugins: [react(), tailwindcss(), plainWindow],
    build: {
      target: chromeTarget,
      minify: true,
      // Chromium 130 knows it; with two pages the stand-in would be a file of its own that both wait for.
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: { index: at('renderer/index.html'), diagrams: at('renderer/diagrams/index.html') },
        output: {
          // What the window begins with is one file: what the parts that come later share with it would be many small
          // ones, and each of them a question to a process that is busy starting.
          codeSplitting: {
            groups: [
              {
                debugName: 'window',
                name: (id, graph) =>
                  (ofWindow ??= modulesOfWindow((each) => graph.getModuleInfo(each))).has(id)
                    ? 'window'
                    : null,
              },
            ],
          },
        },
      },
    },
  },
})
