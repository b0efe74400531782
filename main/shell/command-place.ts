import { chmod, mkdir, readFile, rm } from 'node:fs/promises'
import { delimiter } from 'node:path'
import type { CommandState } from '@contract/app'
import { fault } from '@contract/fault'
import { Failure } from '../daemon/core/failure'
import { writeWhole } from './write-whole'

/** What starts this app as the `kheish` command, and where a person's shell looks for it. */
export interface Launcher {
  readonly folder: string
  readonly path: string
  readonly text: string
  readonly mode: number
}

export interface CommandPlaceNeeds {
  readonly launcher: Launcher
  /** Whether a file is ours, whichever version wrote it. */
  readonly isLauncher: (text: string) => boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Puts the `kheish` command where a shell finds it, and takes it away; another program of that name is left alone. */
export function createCommandPlace({ launcher, isLauncher, env }: CommandPlaceNeeds) {
  const { folder, path, text, mode } = launcher

  const look = async (): Promise<CommandState> => {
    const known = { path, folder, is_on_path: pathsOf(env).includes(folder) }
    const there = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
      return ''
    })
    if (there === undefined) return { state: 'absent', ...known }
    return { state: isLauncher(there) ? 'installed' : 'other', ...known }
  }

  const set = async (isWanted: boolean): Promise<CommandState> => {
    const { state } = await look()
    if (state === 'other') return look()
    try {
      if (isWanted) {
        await mkdir(folder, { recursive: true })
        await writeWhole(path, text)
        await chmod(path, mode)
      } else await rm(path, { force: true })
    } catch (error) {
      const detail = `The command could not be ${isWanted ? 'written to' : 'removed from'} ${folder}. Nothing was changed.`
      throw new Failure(fault('call_refused', detail, { call: 'app.setCommand' }), { cause: error })
    }
    return look()
  }
  return { look, set }
}

const pathsOf = (env: CommandPlaceNeeds['env']): readonly string[] =>
  (env['PATH'] ?? env['Path'] ?? '').split(delimiter).map((each) => each.replace(/[/\\]+$/u, ''))
