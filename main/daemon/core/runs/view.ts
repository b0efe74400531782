import { attachmentsOf } from '@contract/attached'
import type { ImageOrder } from '@contract/image-order'
import type { Part } from '@contract/message'
import type { Approval } from '@contract/permissions'
import type { ProviderPreferences } from '@contract/request-settings'
import type { Generation, RunView } from '@contract/runs'
import { gist, textOf } from './text-of'
import { cut } from './title'

/** Characters of a run's text in its view; the whole text is stored apart (contract 6.6). */
export const longestPreview = 200

/** A run as the store keeps it; the fields a view is made of. */
export interface Viewable extends Omit<
  RunView,
  | 'request'
  | 'error'
  | 'queued_position'
  | 'input_text'
  | 'input_attachments'
  | 'progress'
  | 'retry_at_ms'
  | 'pending_approvals'
> {
  readonly source_kind: string
  readonly route_id: string
  readonly model: string
  readonly generation: Generation
  readonly provider_preferences?: ProviderPreferences
  readonly fallback_models?: readonly string[]
  readonly input: readonly Part[]
  readonly image?: ImageOrder
  readonly fault?: NonNullable<RunView['error']>
}

/** What only the moment knows. */
export interface Moment {
  /** 1 is next. */
  readonly position?: number | undefined
  readonly progress?: RunView['progress'] | undefined
  /** Epoch milliseconds. */
  readonly retry_at_ms?: number | undefined
  /** What it waits for. */
  readonly approvals?: readonly Approval[] | undefined
  /** What a retry answers again; its own input is empty. */
  readonly asked?: string | undefined
}

/** A run as everybody outside sees it (contract 6.6). The whole text goes along until a message holds it. */
export function toView(run: Viewable, moment: Moment = {}): RunView {
  const text = gist(run.input) || (moment.asked ?? '')
  const files = attachmentsOf(run.input)
  return {
    run_id: run.run_id,
    session_id: run.session_id,
    kind: run.kind,
    status: run.status,
    submitted_at_ms: run.submitted_at_ms,
    updated_at_ms: run.updated_at_ms,
    ...(run.started_at_ms === undefined ? {} : { started_at_ms: run.started_at_ms }),
    ...(run.finished_at_ms === undefined ? {} : { finished_at_ms: run.finished_at_ms }),
    ...(run.status === 'queued' && moment.position !== undefined ? { queued_position: moment.position } : {}),
    request: {
      source_kind: run.source_kind,
      text_preview: cut(text.replace(/\s+/gu, ' ').trim(), longestPreview),
      provider: run.route_id,
      model: run.model,
      ...pinned(run),
    },
    ...(run.user_message_id === null ? { input_text: textOf(run.input) } : {}),
    ...(files.length > 0 ? { input_attachments: files } : {}),
    user_message_id: run.user_message_id,
    assistant_message_id: run.assistant_message_id,
    ...(run.receipt === undefined ? {} : { receipt: run.receipt }),
    ...(run.fault === undefined ? {} : { error: run.fault }),
    ...(run.status === 'waiting_for_approval' ? { pending_approvals: moment.approvals ?? [] } : {}),
    ...(run.status === 'running' && moment.progress !== undefined ? { progress: moment.progress } : {}),
    ...(run.status === 'running' && moment.progress === 'retrying' && moment.retry_at_ms !== undefined
      ? { retry_at_ms: moment.retry_at_ms }
      : {}),
  }
}

/** The settings it was pinned to, where there are any. */
function pinned({ generation, provider_preferences, fallback_models = [], image }: Viewable) {
  const [first] = fallback_models
  return {
    ...(first === undefined ? {} : { fallback_model: first, fallback_models }),
    ...(Object.keys(generation).length === 0 ? {} : { generation }),
    ...(provider_preferences === undefined ? {} : { provider_preferences }),
    ...(image === undefined ? {} : { image }),
  }
}
