import { fault } from '@contract/fault'
import type { InputOf } from '@contract/define'
import type { CheckedRoutesText, routesFileCalls, RoutesFileView } from '@contract/routes-file'
import { Failure } from '../core/failure'
import { doctorRoutes } from '../core/routes/doctor-routes'
import { editRoutes } from '../core/routes/edit-routes'
import { routesForm } from '../core/routes/routes-form'
import type { World } from './world'

type Input<K extends keyof typeof routesFileCalls> = InputOf<(typeof routesFileCalls)[K]>
type Ports = Pick<World, 'files' | 'hash' | 'parseToml' | 'env' | 'routing' | 'routesFile'>

/** `routesFile.*`: the person's own text of the routes, read, checked, changed by a form, saved and taken back. */
export function editRoutesFile(on: Ports) {
  /** One change of the file at a time. */
  let turn: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work, work)
    turn = mine
    return mine
  }

  function place(): string {
    if (on.routesFile !== undefined) return on.routesFile
    throw new Failure(fault('not_ready', 'The demo has no routes file.'))
  }

  async function read(): Promise<RoutesFileView> {
    const file = place()
    const text = await on.files.readText(file)
    const sha256 = on.hash(text, 'hex')
    return {
      file,
      text,
      sha256,
      is_in_force: sha256 === on.routing.digest(),
      has_backup: await on.files.exists(backupOf(file)),
    }
  }

  function check({ text }: Input<'routesFile.check'>): CheckedRoutesText {
    const report = doctorRoutes(
      { file: on.routesFile ?? 'routes.toml', text },
      { parse: on.parseToml, env: on.env },
    )
    return { text, report, form: routesForm(text, on.parseToml) }
  }

  function edit({ text, edit: wish }: Input<'routesFile.edit'>): CheckedRoutesText {
    const { form, report } = check({ text })
    const [first] = report.errors
    if (form === null && first) throw new Failure(first)
    const edited = editRoutes(text, wish, on.parseToml)
    if (edited !== undefined) return check({ text: edited })
    throw new Failure(
      fault(
        'call_refused',
        'This change can’t be made in the form as the file stands. Make it in the text.',
        {
          call: 'routesFile.edit',
        },
      ),
    )
  }

  async function write({ text, expected_sha256 }: Input<'routesFile.write'>): Promise<RoutesFileView> {
    const file = place()
    const [first] = check({ text }).report.errors
    if (first) throw new Failure(first)
    // One that is gone, or is no text any more, is a changed one until the person says null.
    const there = await on.files.readText(file).catch(() => null)
    if ((there === null ? null : on.hash(there, 'hex')) !== expected_sha256) {
      const detail = 'The routes file was changed by somebody else. Nothing was saved; load it again first.'
      throw new Failure(fault('route_file_changed', detail))
    }
    if (there !== text) await on.files.writeText(file, text, { keepBackup: true, keepMode: true })
    return read()
  }

  /** The text that is replaced becomes the backup, so that this, too, can be taken back. */
  async function restore(): Promise<RoutesFileView> {
    const file = place()
    const backup = await on.files.readText(backupOf(file))
    const replaced = await on.files.readText(file).catch(() => undefined)
    // In this order, so that no moment has neither text.
    await on.files.writeText(file, backup, { keepMode: true })
    if (replaced !== undefined) await on.files.writeText(backupOf(file), replaced, { keepMode: true })
    return read()
  }

  return {
    read,
    check,
    edit,
    write: (input: Input<'routesFile.write'>) => inTurn(() => write(input)),
    restore: () => inTurn(restore),
  }
}

const backupOf = (file: string) => `${file}.bak`
