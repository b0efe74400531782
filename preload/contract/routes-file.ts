import { z } from 'zod'
import { takes } from './define'
import type { DoctorReport } from './routes'

/** The routes file in force (contract 2), as text: comments and order are the person's. */
export interface RoutesFileView {
  /** Absolute, for the person at this computer. */
  readonly file: string
  readonly text: string
  readonly sha256: string
  /** Whether the routes in force came from just this text; else a restart of the daemon applies it. */
  readonly is_in_force: boolean
  /** The text that the last save replaced. */
  readonly has_backup: boolean
}

/** A change that a form makes to the text; everything else in it stays to the letter. */
export const RoutesEdit = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('set'),
    /** Absent: a key at the top of the file. */
    route_id: z.string().optional(),
    key: z.string().min(1).max(100),
    /** Null: the key goes away. */
    value: z.union([z.string(), z.boolean(), z.int()]).nullable(),
  }),
  z.strictObject({ kind: z.literal('add_route'), route_id: z.string(), default_model: z.string() }),
  z.strictObject({ kind: z.literal('remove_route'), route_id: z.string() }),
  z.strictObject({ kind: z.literal('rename_route'), route_id: z.string(), to: z.string() }),
])
export type RoutesEdit = z.infer<typeof RoutesEdit>

/** What a form shows of a text, and what the loader would say of it. */
export interface CheckedRoutesText {
  readonly text: string
  readonly report: DoctorReport
  /** Null when the text is no TOML. Values as they stand there, an inline key only as `true`. */
  readonly form: {
    readonly default_route: string | null
    readonly routes: readonly {
      readonly route_id: string
      readonly fields: { readonly [key: string]: string | boolean | number }
    }[]
  } | null
}

const text = z.string().max(1_000_000)

export const routesFileCalls = {
  /** Fault: not_ready in the demo, which has no file. A file that is missing or unreadable: route_file_read_failed. */
  'routesFile.read': takes(() => z.strictObject({})).returns<RoutesFileView>(),
  /** The loader's own check on a text that is not saved. */
  'routesFile.check': takes(() => z.strictObject({ text })).returns<CheckedRoutesText>(),
  'routesFile.edit': takes(() => z.strictObject({ text, edit: RoutesEdit })).returns<CheckedRoutesText>(),
  /**
   * Writes atomically and keeps what was there as a backup. Faults: route_file_changed when the file is not the one
   * of `expected_sha256` any more, or, with null, when there is a readable one; route_file_invalid and its kin when the loader would refuse the text; route_file_write_failed, storage_full.
   */
  'routesFile.write': takes(() =>
    z.strictObject({ text, expected_sha256: z.string().length(64).nullable() }),
  ).returns<RoutesFileView>(),
  /** Puts the backup back in place. Fault: route_file_read_failed when there is none. */
  'routesFile.restore': takes(() => z.strictObject({})).returns<RoutesFileView>(),
}
