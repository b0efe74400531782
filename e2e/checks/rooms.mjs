// Who may import whom. Closed by default: a room, a package or a way that isn't written here is an error.
//
//   at         the folder (with everything below it), or the single files, that make the room
//   only       'files': the folder's own files, not what lies below it
//   imports    rooms it may import; `types(…)` for types alone, `entry(…)` for the room's one listed file
//   packages   packages it may import; 'node:' stands for all of Node's own

const types = (room, ...files) => ({ room, isType: true, files })
const entry = (room, ...files) => ({ room, isType: false, files })

const daemonRooms = [
  'actions',
  'store',
  'assets',
  'openrouter',
  'tools',
  'runtime',
  'audio',
  'observations',
  'evidence',
  'keychain',
  'system',
  'log',
].map((name) => `main/daemon/${name}`)
const ground = ['preload/contract', 'main/daemon/core', 'main/daemon/ports']
const react = ['react', 'lucide-react', '@base-ui/react', 'clsx']
const markdown = [
  'streamdown',
  'shiki',
  '@shikijs/*',
  'katex',
  'remark-math',
  'rehype-katex',
  'hast-util-from-html-isomorphic',
]

export const rooms = [
  { name: 'preload/contract', at: 'preload/contract', imports: [], packages: ['zod'] },
  {
    name: 'preload',
    at: 'preload',
    imports: [entry('preload/contract', 'names'), types('preload/contract')],
    packages: ['electron'],
  },

  { name: 'main/daemon/core', at: 'main/daemon/core', imports: ['preload/contract'], packages: [] },
  { name: 'main/daemon/ports', at: 'main/daemon/ports', imports: ['preload/contract', 'main/daemon/core'] },
  { name: 'main/daemon/actions', at: 'main/daemon/actions', imports: ground },
  {
    name: 'main/daemon/store',
    at: 'main/daemon/store',
    imports: ground,
    packages: ['better-sqlite3', 'node:'],
  },
  {
    name: 'main/daemon/assets',
    at: 'main/daemon/assets',
    imports: ground,
    packages: [
      '@napi-rs/canvas',
      'image-size',
      'heic-decode',
      'mediabunny',
      'opus-decoder',
      'mpg123-decoder',
      'unpdf',
      'node:',
    ],
  },
  {
    name: 'main/daemon/openrouter',
    at: 'main/daemon/openrouter',
    imports: ground,
    packages: ['undici', 'eventsource-parser', 'zod', 'node:'],
  },
  {
    name: 'main/daemon/tools',
    at: 'main/daemon/tools',
    imports: ground,
    packages: ['undici', 'node-html-parser', 'node:'],
  },
  { name: 'main/daemon/audio', at: 'main/daemon/audio', imports: ground, packages: ['node:'] },
  { name: 'main/daemon/observations', at: 'main/daemon/observations', imports: ground, packages: ['node:'] },
  { name: 'main/daemon/runtime', at: 'main/daemon/runtime', imports: ground, packages: ['node:'] },
  { name: 'main/daemon/evidence', at: 'main/daemon/evidence', imports: ground, packages: ['node:'] },
  {
    name: 'main/daemon/keychain',
    at: 'main/daemon/keychain',
    imports: ['preload/contract', 'main/daemon/ports'],
    packages: ['keytar', 'node:'],
  },
  {
    name: 'main/daemon/system',
    at: 'main/daemon/system',
    imports: ground,
    packages: ['uuid', 'write-file-atomic', 'undici', 'node:'],
  },
  {
    name: 'main/daemon/log',
    at: 'main/daemon/log',
    imports: ground,
    packages: ['pino', 'rotating-file-stream', 'node:'],
  },
  {
    name: 'main/daemon',
    at: 'main/daemon',
    only: 'files',
    imports: [...ground, ...daemonRooms],
    packages: ['smol-toml', 'node:'],
  },

  {
    name: 'main/control',
    at: 'main/control',
    imports: ['preload/contract', types('main/daemon/ports'), entry('main/daemon/core', 'failure')],
    packages: ['zod', 'eventsource-parser', 'node:'],
  },
  {
    name: 'main/demo-provider',
    at: 'main/demo-provider',
    imports: [types('preload/contract')],
    // What a picture shows is really looked at, and what a recording says is really listened to.
    packages: ['@napi-rs/canvas', 'mediabunny', 'opus-decoder', 'mpg123-decoder', 'node:'],
  },
  {
    name: 'main/shell',
    at: 'main/shell',
    imports: ['preload/contract', 'main/daemon/ports', entry('main/daemon/core', 'failure')],
    packages: ['electron', 'zod', 'node:'],
  },
  {
    name: 'main/cli',
    at: 'main/cli',
    imports: ['preload/contract', 'main/control', entry('main/daemon', 'index')],
    packages: ['commander', 'string-width', 'node:'],
  },
  {
    name: 'main',
    at: 'main',
    only: 'files',
    imports: [
      'main/shell',
      'main/control',
      entry('main/cli', 'install-command', 'run-command-line'),
      entry('main/daemon', 'index'),
      entry('main/daemon/core', 'routes/state-root'),
      entry('main/demo-provider', 'index'),
    ],
    packages: ['node:'],
  },

  {
    name: 'renderer/lib',
    at: 'renderer/lib',
    imports: [entry('preload/contract', 'keychain-advice'), types('preload/contract')],
    // A recording is encoded in a worker of its own, the only file that knows mediabunny.
    packages: ['i18next', 'react', 'clsx', 'tailwind-merge', 'tinykeys', 'mediabunny'],
  },
  {
    name: 'renderer/ui',
    at: 'renderer/ui',
    imports: ['renderer/lib'],
    packages: [
      ...react,
      ...markdown,
      'class-variance-authority',
      'tailwind-merge',
      '@tanstack/react-virtual',
      'react-resizable-panels',
      '@codemirror/*',
      '@lezer/highlight',
    ],
  },
  {
    name: 'renderer/diagrams',
    at: 'renderer/diagrams',
    imports: ['renderer/lib'],
    packages: ['@mermaid-js/tiny'],
  },
  { name: 'renderer/client', at: 'renderer/client', imports: ['preload/contract'], packages: [] },
  {
    name: 'renderer/features',
    at: 'renderer/features',
    roomPerFolder: true, // one feature never imports another
    imports: ['preload/contract', 'renderer/client', 'renderer/ui', 'renderer/lib'],
    packages: [...react, 'zustand', '@tanstack/react-virtual'],
  },
  {
    // A feature like the others, and the only one that draws on a stage of its own.
    name: 'renderer/features/image-editor',
    at: 'renderer/features/image-editor',
    imports: ['preload/contract', 'renderer/client', 'renderer/ui', 'renderer/lib'],
    packages: [...react, 'zustand', 'konva', 'react-konva', 'react-compare-slider'],
  },
  {
    // A feature like the others, and the only one that decodes sound.
    name: 'renderer/features/audio',
    at: 'renderer/features/audio',
    imports: ['preload/contract', 'renderer/client', 'renderer/ui', 'renderer/lib'],
    packages: [...react, 'zustand', 'mediabunny'],
  },
  {
    name: 'renderer/app',
    at: 'renderer/app',
    imports: [
      'preload/contract',
      'renderer/features',
      'renderer/features/audio',
      'renderer/features/image-editor',
      'renderer/client',
      'renderer/ui',
      'renderer/lib',
    ],
    packages: [
      ...react,
      'react-dom',
      'zustand',
      'zod',
      '@fontsource-variable/inter',
      'react-resizable-panels',
      'tinykeys',
      'react-error-boundary',
    ],
  },

  {
    name: 'e2e/checks',
    at: 'e2e/checks',
    imports: [],
    packages: ['oxc-parser', 'node:'],
  },
  {
    name: 'e2e/benches',
    at: 'e2e/benches',
    // A hundred thousand messages are laid down by the store itself, so that the seed can't drift from the schema.
    imports: [
      types('preload/contract'),
      entry('main/daemon/store', 'open-store'),
      // The replay is told by the daemon's own log through the control plane's own stream.
      entry('main/daemon/runtime', 'event-log'),
      entry('main/control', 'event-streams'),
      'e2e',
    ],
    packages: ['playwright', 'vite', 'better-sqlite3', 'eventsource-parser', '@napi-rs/canvas', 'node:'],
  },
  {
    name: 'e2e',
    at: 'e2e',
    imports: [types('preload/contract')],
    packages: [
      '@playwright/test',
      'playwright',
      '@axe-core/playwright',
      'better-sqlite3',
      'electron',
      'vite',
      'node:',
    ],
  },
  {
    name: 'scripts',
    at: 'scripts',
    imports: [],
    packages: ['yauzl', '@electron/fuses', '@typescript/typescript6', 'prettier', 'node:'],
  },
  {
    name: 'settings of the tools',
    at: ['electron.vite.config.ts', 'renderer/plain-window.ts', 'vitest.config.ts'],
    imports: [],
    packages: ['electron-vite', 'vite', 'vitest', '@vitejs/plugin-react', '@tailwindcss/vite', 'node:'],
  },
]

/** What a test may import beyond its room. */
export const testPackages = ['vitest', 'fast-check', '@fast-check/vitest', 'node:']
export const testExtras = [
  // The rules for routes work on parsed TOML; their tests start from text.
  { under: 'main/daemon/core', imports: [], packages: ['smol-toml'] },
  // What a block is drawn as is compared as HTML.
  { under: 'renderer/ui', imports: [], packages: ['react-dom'] },
  // The keychain is tested against a real Secret Service, started as the end-to-end tests start it.
  { under: 'main/daemon/keychain', imports: [entry('e2e', 'driver/keyring')], packages: [] },
  // What the driver writes is held against the provider's own published schemas.
  { under: 'main/daemon/openrouter', imports: [], packages: ['@openrouter/sdk'] },
  // What is to be fed and killed as a process of its own is built as it is shipped.
  {
    under: 'main/daemon',
    imports: ['main/daemon', ...daemonRooms, 'main/demo-provider', entry('e2e', 'driver/speech'), ...ground],
    packages: ['undici', 'vite'],
  },
  {
    under: 'main/demo-provider',
    imports: ['preload/contract', entry('e2e', 'driver/speech')],
    packages: ['@openrouter/sdk', 'eventsource-parser', 'undici'],
  },
  // Driven by the same suite as the window's doorway, on a real daemon.
  {
    under: 'main/control',
    imports: [
      'main/daemon',
      entry('main/daemon/runtime', 'event-log'),
      'main/demo-provider',
      entry('main/shell', 'serve'),
      ...ground,
    ],
    packages: ['@seriousme/openapi-schema-validator', 'ajv', 'axios', 'openapi-client-axios'],
  },
  // The command is built as it is shipped, to be run and killed as a process.
  {
    under: 'main/cli',
    imports: ['main/daemon', 'main/demo-provider', entry('e2e', 'driver/speech'), ...ground],
    packages: [],
  },
  { under: 'main/shell', imports: [...ground, 'main/daemon'], packages: [] },
  {
    under: 'renderer',
    imports: ['preload/contract', 'renderer/client', 'renderer/lib'],
    packages: ['react-dom', 'react', 'i18next'],
  },
]
