import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

const everywhere = '{main,preload,renderer,scripts,e2e/checks}/**/*.test.{ts,tsx,mjs}'
const core = 'main/daemon/core/**/*.test.ts'
/** Tests that put something else in a module's place: it must not be there for the files after them. */
const replacing = ['main/daemon/assets/media/bombs.test.ts', 'scripts/system-libraries.test.mjs']

// A worker keeps what it has read for its next file: most files take longer to read than to run.
const project = (name: string, include: string[], exclude: string[] = [], isolate = false) => ({
  extends: true as const,
  test: { name, include, exclude, isolate },
})

export default defineConfig({
  resolve: { alias: { '@contract': resolve(import.meta.dirname, 'preload/contract') } },
  test: {
    environment: 'node',
    restoreMocks: true,
    testTimeout: 20_000,
    // A busy machine takes its time; what is asked for must still come.
    expect: { poll: { timeout: 10_000 } },
    // Without a word here, one processor of two would be left idle.
    maxWorkers: '100%',
    projects: [
      project('core', [core]),
      project('around core', [everywhere], [core, ...replacing]),
      project('modules replaced', replacing, [], true),
    ],
  },
})
