import { z } from 'zod'
import { takes } from './define'
import { AssetId } from './ids'
import type { DaemonState } from './routes'

/** The `kheish` command as a shell of this person finds it. */
export interface CommandState {
  /** `other`: a program of that name is there that is not ours. */
  readonly state: 'absent' | 'installed' | 'other'
  /** Absolute, both. */
  readonly path: string
  readonly folder: string
  readonly is_on_path: boolean
}

/** Answered by the shell, not by the daemon: they need a desktop. */
export const appCalls = {
  'app.info': takes(() => z.strictObject({})).returns<{
    readonly version: string
    readonly electron: string
    readonly chrome: string
    readonly platform: string
    readonly demo: boolean
  }>(),
  /**
   * The first questions of a window, answered at once: JSON of `AnsweredAhead[]`. Waits for the daemon's start. Text,
   * because text crosses the doorway whole; a thousand objects cross it one by one.
   */
  'app.opening': takes(() => z.strictObject({})).returns<string>(),
  /** Swaps the daemon for one on the built-in demo provider, with a state root of its own. */
  'app.exploreDemo': takes(() => z.strictObject({})).returns<DaemonState>(),
  'app.leaveDemo': takes(() => z.strictObject({})).returns<DaemonState>(),
  /** https and mailto only. */
  'app.openExternal': takes(() => z.strictObject({ url: z.url().max(4096) })).returns<void>(),
  /** Asks where and writes atomically; null when the person thought better of it. */
  'app.saveText': takes(() =>
    z.strictObject({ file_name: z.string().min(1).max(200), text: z.string() }),
  ).returns<{
    readonly path: string
  } | null>(),
  /** Asks where and writes a copy; null when the person thought better of it. Faults: asset_*, storage_full. */
  'app.saveAsset': takes(() => z.strictObject({ asset_id: AssetId })).returns<{
    readonly path: string
  } | null>(),
  /** A copy of it, in whatever program the system opens such files with. */
  'app.openAsset': takes(() => z.strictObject({ asset_id: AssetId })).returns<void>(),
  /** A picture to the clipboard. */
  'app.copyAsset': takes(() => z.strictObject({ asset_id: AssetId })).returns<void>(),
  /** Lets native menus, frames and scroll bars follow the theme. */
  'app.setTheme': takes(() => z.strictObject({ theme: z.enum(['system', 'light', 'dark']) })).returns<void>(),
  /** In the system's file browser. */
  'app.reveal': takes(() =>
    z.strictObject({ what: z.enum(['state_root', 'routes_file', 'logs']) }),
  ).returns<void>(),
  'app.command': takes(() => z.strictObject({})).returns<CommandState>(),
  /** Writes the command's launcher, or takes it away. Another program of that name is left alone. */
  'app.setCommand': takes(() => z.strictObject({ installed: z.boolean() })).returns<CommandState>(),
  /**
   * The dictation key while another program is in front, as the preferences want it: whether the system gives it to us.
   * `why` is a sentence for people.
   */
  'app.dictationKey': takes(() => z.strictObject({})).returns<{
    readonly state: 'off' | 'registered' | 'refused'
    readonly accelerator: string
    readonly why?: string
  }>(),
  /**
   * Types a text into the program that is in front, by the clipboard, which is then as before. `is_typed` false with
   * `why`: it is in the clipboard, and that is why no more could be done. Without `why`: our own window is in front, and
   * the clipboard was left alone.
   */
  'app.typeText': takes(() => z.strictObject({ text: z.string().min(1).max(1_000_000) })).returns<{
    readonly is_typed: boolean
    readonly why?: string
  }>(),
  /**
   * A notification of the system for somebody in front of another program, in place of the one before; null takes it
   * away. While our own window is in front nothing is shown.
   */
  'app.signElsewhere': takes(() =>
    z.strictObject({
      sign: z
        .strictObject({
          title: z.string().min(1).max(200),
          body: z.string().max(2_000),
          is_silent: z.boolean(),
        })
        .nullable(),
    }),
  ).returns<void>(),
  /** Where the system lets people allow the microphone; false where it has no such place. */
  'app.openMicrophoneSettings': takes(() => z.strictObject({})).returns<{ readonly is_open: boolean }>(),
  'app.quit': takes(() => z.strictObject({})).returns<void>(),
}
