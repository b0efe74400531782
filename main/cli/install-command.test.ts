import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commandLineWords, isLauncher, launcherFor } from './install-command'

describe('the launcher', () => {
  test('hands every word on as it is, wherever the app lies', () => {
    const home = mkdtempSync(join(tmpdir(), 'kheish-home-'))
    const folder = join(home, `Ada's "app" $HOME`)
    mkdirSync(folder)
    const program = join(folder, 'kheish app')
    writeFileSync(program, '#!/bin/sh\nfor word in "$@"; do printf "[%s]" "$word"; done\n')
    chmodSync(program, 0o700)
    const launcher = launcherFor({ platform: 'linux', home, program, appPath: `${folder}/it's` })
    expect(launcher.path).toBe(join(home, '.local/bin/kheish'))
    mkdirSync(launcher.folder, { recursive: true })
    writeFileSync(launcher.path, launcher.text, { mode: launcher.mode })
    const words = ['sessions', 'input', 'a b', "it's", '$HOME', '--json', '--', '']
    const { stdout } = spawnSync(launcher.path, words, { encoding: 'utf8' })
    rmSync(home, { recursive: true })
    const given = [...stdout.matchAll(/\[([^\]]*)\]/g)].map(([, word]) => word ?? '')
    expect(commandLineWords(['electron', ...given])).toEqual(words)
    expect(given).toContain(`${folder}/it's`)
  })

  test('is known by its mark, on every system', () => {
    for (const platform of ['linux', 'darwin', 'win32']) {
      expect(isLauncher(launcherFor({ platform, home: '/home/ada', program: '/opt/kheish' }).text)).toBe(true)
    }
    expect(isLauncher('#!/bin/sh\nexec something-else\n')).toBe(false)
  })

  test('on Windows is a batch file where programs of a person are looked for', () => {
    const { path, text } = launcherFor({
      platform: 'win32',
      home: 'C:\\Users\\Ada',
      localAppData: 'C:\\Users\\Ada\\AppData\\Local',
      program: 'C:\\100% mine\\Kheish.exe',
    })
    expect(path).toBe('C:\\Users\\Ada\\AppData\\Local\\Microsoft\\WindowsApps\\kheish.cmd')
    expect(text).toContain('@"C:\\100%% mine\\Kheish.exe" --command-line -- %*\r\n')
  })
})

test.each([
  [['electron', '.', '--command-line', '--', 'status'], ['status']],
  [['kheish', '--ozone-platform=headless', '--command-line', '--'], []],
  [
    ['kheish', '--command-line', '--', 'sessions', 'input', '--', '--command-line'],
    ['sessions', 'input', '--', '--command-line'],
  ],
  [['kheish', '--', '--command-line'], undefined],
  [['kheish', '--command-line'], undefined],
  [['electron', '.', '--demo'], undefined],
])('%j is a command: %j', (argv, words) => {
  expect(commandLineWords(argv)).toEqual(words)
})
