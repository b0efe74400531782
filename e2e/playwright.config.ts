import { defineConfig } from '@playwright/test'

// One window at a time: focus, the clipboard and the processor belong to the spec that runs.
export default defineConfig({
  testDir: 'specs',
  outputDir: '../test-results/e2e',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '../test-results/playwright.json' }]],
  use: { trace: 'retain-on-failure' },
})
