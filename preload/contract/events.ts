import type { AssetView, ImportStage } from './assets'
import type { Fault } from './fault'
import type { Batch } from './fold'
import type { DerivationView } from './derivations'
import type { AssetId, MessageId, ObservationId, RecordingId, RunId, SessionId, SourceId } from './ids'
import type { Message } from './message'
import type { Spending } from './costs'
import type { ObservationView, SourceView } from './observations'
import type { Approval } from './permissions'
import type { Preferences } from './preferences'
import type { RecordingView } from './recordings'
import type { SettingsScope } from './request-settings'
import type { DaemonState, RuntimeView } from './routes'
import type { RunView } from './runs'
import type { SecretsList } from './secrets'
import type { SessionView } from './sessions'
import type { CallStage } from './tools'

/** What has happened. Events never ask for anything. */
export type DaemonEvent =
  | { readonly type: 'daemon.changed'; readonly state: DaemonState }
  | { readonly type: 'session.changed'; readonly session: SessionView }
  | { readonly type: 'session.deleted'; readonly session_id: SessionId }
  /** A message joined the tree. Where its parent is on the shown path, the path ends with it now. */
  | { readonly type: 'message.added'; readonly message: Message }
  /** A message that stands, with other versions or a settled receipt. */
  | { readonly type: 'message.changed'; readonly message: Message }
  | { readonly type: 'run.accepted'; readonly run: RunView }
  /** Any change of status, position or progress that is neither acceptance nor end. */
  | { readonly type: 'run.changed'; readonly run: RunView }
  | {
      readonly type: 'run.grew'
      readonly run_id: RunId
      readonly session_id: SessionId
      readonly message_id: MessageId
      readonly batch: Batch
    }
  /** What a tool is at. `partial_uri`: a picture that is not finished, from the daemon's memory and kept nowhere. */
  | {
      readonly type: 'call.progress'
      readonly run_id: RunId
      readonly session_id: SessionId
      readonly message_id: MessageId
      readonly call_id: string
      readonly stage: CallStage
      /** Pictures that are finished, of those that were asked for. */
      readonly done?: number
      readonly all?: number
      readonly partial_uri?: string
    }
  /** Asked for, or decided. */
  | { readonly type: 'approval.changed'; readonly approval: Approval }
  | { readonly type: 'permissions.changed' }
  /** The end; `message` is the stored answer, or null when the run never started. */
  | { readonly type: 'run.ended'; readonly run: RunView; readonly message: Message | null }
  | {
      readonly type: 'models.changed'
      readonly route_id: string
      readonly count: number
      readonly fault?: Fault
    }
  /** New in the store; an import of bytes that are there already tells nothing. */
  | { readonly type: 'asset.added'; readonly asset: AssetView }
  /** Other provenance, text, or state. */
  | { readonly type: 'asset.changed'; readonly asset: AssetView }
  | { readonly type: 'asset.deleted'; readonly asset_id: AssetId }
  /** `done` of `all` bytes of this stage, where that is known. The answer of the import is its end. */
  | {
      readonly type: 'import.progress'
      readonly import_id: string
      readonly stage: ImportStage
      readonly done?: number
      readonly all?: number
    }
  /** A speech on its way: recordings that are whole, of those it needs. */
  | {
      readonly type: 'speech.progress'
      readonly speech_id: string
      readonly done: number
      readonly all: number
    }
  | { readonly type: 'derivation.added'; readonly derivation: DerivationView }
  | { readonly type: 'source.changed'; readonly source: SourceView }
  | { readonly type: 'source.deleted'; readonly source_id: SourceId }
  | { readonly type: 'observation.added'; readonly observation: ObservationView }
  | { readonly type: 'observation.purged'; readonly observation_id: ObservationId }
  | { readonly type: 'recording.changed'; readonly recording: RecordingView }
  /** Taken or discarded. */
  | { readonly type: 'recording.gone'; readonly recording_id: RecordingId }
  | { readonly type: 'secrets.changed'; readonly secrets: SecretsList }
  | { readonly type: 'runtime.changed'; readonly runtime: RuntimeView }
  | { readonly type: 'preferences.changed'; readonly preferences: Preferences }
  | { readonly type: 'request_settings.changed'; readonly scope: SettingsScope }
  | { readonly type: 'spending.changed'; readonly spending: Spending }
  | { readonly type: 'sign_in.ended'; readonly sign_in_id: string; readonly fault?: Fault }

/** What the shell tells its own window. */
export type ShellEvent =
  /** A menu item or a notification was chosen; the name is a command of the renderer's registry. */
  | { readonly type: 'command.invoked'; readonly command: string; readonly session_id?: string }
  /** The dictation key was pressed while another program was in front. */
  | { readonly type: 'dictation.pressed' }
  | { readonly type: 'window.focused'; readonly focused: boolean }

export type AnyEvent = DaemonEvent | ShellEvent
