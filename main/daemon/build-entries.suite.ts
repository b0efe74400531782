import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'vite'

const project = resolve(import.meta.dirname, '../..')

/**
 * Builds entries as they are shipped, for every Node that runs these tests: `out/<name>.js` each. `out` lies in the
 * project, so that what stays outside the bundle (whatever carries a binary) is found from there.
 */
export async function buildEntries(out: string, entries: Readonly<Record<string, string>>): Promise<void> {
  const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { dependencies: object }
  await build({
    configFile: false,
    logLevel: 'error',
    root: project,
    resolve: { alias: { '@contract': join(project, 'preload/contract') } },
    ssr: { noExternal: true, external: Object.keys(manifest.dependencies) },
    build: {
      ssr: true,
      outDir: out,
      target: 'node20.18',
      rolldownOptions: {
        input: entries,
        output: {
          entryFileNames: '[name].js',
          // As the real build does it for packages that were CommonJS.
          banner: 'const __filename = import.meta.filename, __dirname = import.meta.dirname;',
        },
      },
    },
  })
}
