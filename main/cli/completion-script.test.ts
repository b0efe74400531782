import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shells, type Shell } from './completion-script'
import { openDesktop, type Desktop } from './testing'

let desktop: Desktop
let folder: string
beforeAll(async () => {
  desktop = await openDesktop()
  folder = mkdtempSync(join(tmpdir(), 'kheish-shells-'))
  for (const shell of shells) {
    writeFileSync(join(folder, shell), (await desktop.kheish(`completions ${shell}`)).out)
  }
  // Stands for the program: what only a daemon knows.
  const program = join(folder, 'kheish')
  writeFileSync(
    program,
    `#!/bin/sh\ncase "$*" in\n'complete-values sessions') printf 'notes\\nnotebook\\n' ;;\n'complete-values models') printf 'demo/x:free\\ndemo/x:beta\\n' ;;\nesac\n`,
  )
  chmodSync(program, 0o700)
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await desktop.close()
})

const env = () => ({
  ...process.env,
  PATH: `${folder}:${process.env['PATH'] ?? ''}`,
  HOME: folder,
  TERM: 'dumb',
})
const isInstalled = (shell: Shell) => spawnSync(shell, ['-c', ':']).status === 0

function run(shell: Shell, script: string): string {
  const { stdout, stderr } = spawnSync(shell, shell === 'fish' ? ['-N', '-c', script] : ['-c', script], {
    env: env(),
    cwd: folder,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return stdout
}

/** What each shell itself offers for a line whose end is the cursor. */
const offers: Readonly<Record<'bash' | 'fish', (line: string) => string[]>> = {
  bash: (line) =>
    run(
      'bash',
      `source bash; COMP_LINE='${line}'; COMP_POINT=\${#COMP_LINE}; _kheish; printf '%s\\n' "\${COMPREPLY[@]}"`,
    )
      .trim()
      .split('\n'),
  fish: (line) =>
    run('fish', `source fish; complete -C '${line}'`)
      .trim()
      .split('\n')
      .map((each) => each.split('\t')[0] ?? ''),
}

describe.each((['bash', 'fish'] as const).filter(isInstalled))('%s completes', (shell) => {
  test.each([
    ['kheish sess', ['sessions']],
    ['kheish sessions inp', ['input']],
    ['kheish sessions input --rec', ['--reconnect']],
    ['kheish sessions input --sort l', ['latency']],
    ['kheish sessions input --session note', ['notes', 'notebook']],
    ['kheish sessions input --session notes --ws', ['']],
    ['kheish sessions get noteb', ['notebook']],
    ['kheish sessions get --json noteb', ['notebook']],
    ['kheish completions z', ['zsh']],
  ])('%s', (line, words) => {
    expect(offers[shell](line).sort()).toEqual([...words].sort())
  })

  test('an empty place offers what may stand there', () => {
    expect(offers[shell]('kheish ')).toEqual(expect.arrayContaining(['serve', 'sessions', 'runs', 'doctor']))
    expect(offers[shell]('kheish ')).not.toContain('complete-values')
    expect(offers[shell]('kheish secrets ')).toEqual(expect.arrayContaining(['set', 'list']))
  })

  test('files where a file is wanted', () => {
    expect(offers[shell]('kheish doctor routes --routes-file zs')).toEqual(['zsh'])
    expect(offers[shell]('kheish sessions input hi --file zs')).toEqual(['zsh'])
    expect(offers[shell]('kheish assets import zs')).toEqual(['zsh'])
    expect(offers[shell]('kheish assets import one two zs')).toEqual(['zsh'])
  })
})

test('bash puts back only what stands behind a colon', () => {
  expect(offers.bash('kheish runtime set-model demo/x:f')).toEqual(['free'])
  expect(offers.bash('kheish runtime set-model demo/')).toEqual(['demo/x:free', 'demo/x:beta'])
})

describe.each((['zsh'] as const).filter(isInstalled))('%s completes what is typed', () => {
  test.each([
    ['kheish sess', 'kheish sessions '],
    ['kheish sessions inp', 'kheish sessions input '],
    ['kheish sessions input --rec', 'kheish sessions input --reconnect '],
    ['kheish sessions input --sort l', '--sort latency '],
    ['kheish sessions get noteb', 'kheish sessions get notebook '],
    ['kheish runtime set-model demo/x:f', 'demo/x:free '],
    ['kheish doctor routes --routes-file zs', '--routes-file zsh'],
    ['kheish sessions ', 'send a message and stream the answer'],
  ])('%j', (keys, screen) => {
    expect(screenOfZsh(keys, screen)).toContain(screen)
  })
})

/** An interactive zsh on a terminal of its own; reads what it shows after a tab until `wanted` is there. */
function screenOfZsh(keys: string, wanted: string): string {
  const script = `
    zmodload zsh/zpty
    zpty inner zsh -f -i
    zpty -w inner 'PS1="> "; stty cols 200; autoload -Uz compinit; compinit -u -D; source ./zsh; print -r -- LOAD""ED'
    zpty -r -m inner said '*LOADED*> '
    zpty -w -n inner ${JSON.stringify(keys)}$'\t'
    zpty -r -m inner said ${JSON.stringify(`*${wanted}*`)}
    print -r -- "$said"
    zpty -d inner`
  const { stdout } = spawnSync('zsh', ['-f', '-c', script], {
    cwd: folder,
    env: env(),
    encoding: 'utf8',
    timeout: 15_000,
  })
  return stdout
}
