import type { Fault } from '@contract/fault'
import type {
  Composed,
  ComposeJob,
  JoinJob,
  MadeFile,
  MediaJob,
  MediaResult,
  RegionJob,
  RegionMade,
  SoundJob,
  SoundParts,
} from './media'

/** What the process that looks at files does, one at a time. */
export interface MediaTasks {
  readonly process: { readonly job: MediaJob; readonly result: MediaResult }
  readonly region: { readonly job: RegionJob; readonly result: RegionMade }
  readonly compose: { readonly job: ComposeJob; readonly result: Composed }
  readonly sound: { readonly job: SoundJob; readonly result: SoundParts }
  readonly join: { readonly job: JoinJob; readonly result: MadeFile }
}
export type MediaTask = keyof MediaTasks

/** What goes to it. */
export type MediaQuestion = {
  [Task in MediaTask]: { readonly id: number; readonly task: Task; readonly job: MediaTasks[Task]['job'] }
}[MediaTask]

/** And what comes back: how far it is, and then one end. */
export type MediaAnswer =
  | { readonly id: number; readonly done: number; readonly all: number }
  | { readonly id: number; readonly result: MediaTasks[MediaTask]['result'] }
  | { readonly id: number; readonly fault: Fault }

/** A running child, whatever forked it. */
export interface MediaChild {
  /** Not known before it has started. */
  readonly pid: number | undefined
  /** How much memory it holds, where whoever forked it is told. */
  residentKib?(): number | undefined
  ask(question: MediaQuestion): void
  hear(listener: (answer: MediaAnswer) => void): void
  ended(listener: () => void): void
  kill(): void
}

/** Forks the built `media-child.js`: a utility process in the app, a Node process elsewhere. */
export type ForkMedia = () => MediaChild

/** What a process that looks at strangers' files is told of its surroundings: where things are, and no key. */
const told =
  /^(?:PATH|HOME|USERPROFILE|APPDATA|LOCALAPPDATA|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|TMPDIR|TEMP|TMP|LANG|LC_\w+|TZ|XDG_\w+|FONTCONFIG_\w+|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|ELECTRON_RUN_AS_NODE)$/i

export const mediaEnvironment = (env: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter(
      (pair): pair is [string, string] => pair[1] !== undefined && told.test(pair[0]),
    ),
  )
