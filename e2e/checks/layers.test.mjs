import { expect, test } from 'vitest'
import { layerFindings } from './layers.mjs'

const file = (path, text) => ({ path, text })
const contract = [
  file('preload/contract/names.ts', `export const callNames = ['a'] as const`),
  file('preload/contract/fault.ts', `import { z } from 'zod'\nexport const faultSchema = z.object({})`),
]
const ports = file('main/daemon/ports/clock.ts', 'export interface Clock { now(): number }')

test('what the table allows passes', () => {
  const allowed = [
    ...contract,
    ports,
    file(
      'main/daemon/store/open.ts',
      `import Database from 'better-sqlite3'\nimport { join } from 'node:path'\nimport type { Clock } from '../ports/clock'`,
    ),
    file(
      'preload/bridge.ts',
      `import { ipcRenderer } from 'electron'\nimport { callNames } from '@contract/names'`,
    ),
    file(
      'renderer/features/chat/chat.tsx',
      `import { useState } from 'react'\nimport { Button } from '../../ui/button'`,
    ),
    file('renderer/ui/button.tsx', `import { Button as Base } from '@base-ui/react/button'`),
    file('renderer/ui/address.ts', `import address from '@base-ui/react?url'`),
  ]
  expect(layerFindings(allowed)).toEqual([])
})

test.each([
  ['an upward import', 'main/daemon/ports/a.ts', `import { open } from '../store/open'`, 'main/daemon/store'],
  [
    'a package that is not listed',
    'main/daemon/actions/a.ts',
    `import { app } from 'electron'`,
    'the package electron',
  ],
  [
    "Node's own in core",
    'main/daemon/core/a.ts',
    `import { join } from 'node:path'`,
    'the package node:path',
  ],
  [
    'an import by call',
    'main/daemon/actions/a.ts',
    `const a = await import('node:fs')`,
    'the package node:fs',
  ],
  ['an export from', 'main/daemon/ports/a.ts', `export * from '../store/open'`, 'main/daemon/store'],
  [
    'an import inside a type',
    'main/daemon/ports/a.ts',
    `type A = import('../store/open').A`,
    'main/daemon/store',
  ],
  [
    'a value of the contract in the preload',
    'preload/a.ts',
    `import { faultSchema } from '@contract/fault'`,
    'preload/contract',
  ],
  [
    'the core in the shell',
    'main/shell/a.ts',
    `import { step } from '../daemon/core/step'`,
    'main/daemon/core',
  ],
  [
    'a neighbour among the features',
    'renderer/features/models/a.ts',
    `import { A } from '../chat/chat'`,
    'renderer/features',
  ],
  ['an import of nothing', 'main/daemon/actions/a.ts', `import { a } from './gone'`, "which isn't there"],
])('%s is found, with file and line', (_, path, text, named) => {
  const found = layerFindings([
    ...contract,
    ports,
    file('main/daemon/store/open.ts', 'export const open = 1\nexport type A = 1'),
    file('main/daemon/core/step.ts', 'export const step = 1'),
    file('renderer/features/chat/chat.tsx', 'export const A = 1'),
    file(path, `// first line\n${text}`),
  ])
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(`${path}:2  `)
  expect(found[0]).toContain(named)
})

test('a type passes where only types may', () => {
  const bridge = file(
    'preload/bridge.ts',
    `import type { Fault } from '@contract/fault'\nimport { type Fault as F } from '@contract/fault'`,
  )
  expect(layerFindings([...contract, bridge])).toEqual([])
})

test('a finding says what would be allowed', () => {
  const [found] = layerFindings([
    ports,
    file('main/daemon/store/open.ts', `import 'undici'\nimport '../ports/clock'`),
  ])
  expect(found).toContain('main/daemon/store may import better-sqlite3, node:')
})

test('a source file in no room is found', () => {
  expect(layerFindings([file('main/elsewhere/a.ts', '')])).toEqual([expect.stringContaining('is in no room')])
  expect(layerFindings([file('stray.mjs', '')])).toEqual([expect.stringContaining('is in no room')])
})

test('a circle of values is found, a circle of types is not', () => {
  const circle = (word) => [
    file('main/daemon/core/a.ts', `import ${word} { b } from './b'\nexport const a = 1`),
    file('main/daemon/core/b.ts', `import ${word} { a } from './a'\nexport const b = 1`),
  ]
  expect(layerFindings(circle(''))).toEqual([
    expect.stringContaining('in a circle: main/daemon/core/a.ts -> '),
  ])
  expect(layerFindings(circle('type'))).toEqual([])
})

test('a test may import more than its room, yet not everything', () => {
  const inTest = (text) => [
    ports,
    file('main/demo-provider/index.ts', ''),
    file('main/daemon/runtime/a.test.ts', text),
  ]
  const allowed = `import { test } from 'vitest'\nimport '../../demo-provider/index'`
  expect(layerFindings(inTest(allowed))).toEqual([])
  expect(layerFindings(inTest(`import 'electron'`))).toHaveLength(1)
})
