import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@contract': resolve(import.meta.dirname, 'preload/contract') } },
  test: {
    include: ['{main,preload,renderer,scripts,e2e/checks}/**/*.test.{ts,tsx,mjs}'],
    environment: 'node',
    restoreMocks: true,
    testTimeout: 20_000,
    // A busy machine takes its time; what is asked for must still come.
    expect: { poll: { timeout: 10_000 } },
  },
})
