import type { DaemonCallName } from './names'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Endpoint = `${Method} /v1/${string}`

/**
 * Where each call is on the control plane. A name in braces is a field of the call's input. What else there is to say
 * travels as query parameters with GET and DELETE, a field that is no text as JSON; else as one JSON object.
 */
export const endpoints = {
  'daemon.state': 'GET /v1/daemon',
  'daemon.reload': 'POST /v1/daemon/reload',
  'daemon.restart': 'POST /v1/daemon/restart',
  'runtime.get': 'GET /v1/runtime',
  'runtime.setModel': 'PUT /v1/runtime/model',
  'runtime.setPermissionMode': 'PUT /v1/runtime/permission-mode',
  'runtime.setDebugLevel': 'PUT /v1/runtime/debug-level',
  'runtime.parseSelector': 'GET /v1/runtime/selector',
  'doctor.routes': 'POST /v1/doctor/routes',
  'secrets.list': 'GET /v1/runtime/secrets',
  'secrets.get': 'GET /v1/runtime/secrets/{slot_id}',
  'secrets.set': 'PUT /v1/runtime/secrets/{slot_id}',
  'secrets.delete': 'DELETE /v1/runtime/secrets/{slot_id}',
  'secrets.test': 'POST /v1/runtime/secrets/{slot_id}/test',
  'secrets.beginSignIn': 'POST /v1/runtime/secrets/{slot_id}/sign-in',
  'secrets.cancelSignIn': 'DELETE /v1/runtime/sign-ins/{sign_in_id}',
  'sessions.create': 'POST /v1/sessions',
  'sessions.get': 'GET /v1/sessions/{session_id}',
  'sessions.list': 'GET /v1/sessions',
  'sessions.rename': 'PUT /v1/sessions/{session_id}/title',
  'sessions.delete': 'DELETE /v1/sessions/{session_id}',
  'sessions.restore': 'POST /v1/sessions/{session_id}/restore',
  'sessions.setRoute': 'PUT /v1/sessions/{session_id}/route',
  'sessions.saveDraft': 'PUT /v1/sessions/{session_id}/draft',
  'sessions.markSeen': 'PUT /v1/sessions/{session_id}/seen',
  'sessions.transcript': 'GET /v1/sessions/{session_id}/transcript',
  'sessions.selectVersion': 'PUT /v1/sessions/{session_id}/version',
  'sessions.branch': 'POST /v1/sessions/{session_id}/branch',
  'sessions.events': 'GET /v1/sessions/{session_id}/events',
  'sessions.export': 'GET /v1/sessions/{session_id}/export',
  'sessions.search': 'GET /v1/search',
  'sessions.submitRun': 'POST /v1/sessions/{session_id}/runs',
  'sessions.input': 'POST /v1/sessions/{session_id}/input',
  'sessions.interrupt': 'POST /v1/sessions/{session_id}/interrupt',
  'runs.get': 'GET /v1/runs/{run_id}',
  'runs.list': 'GET /v1/runs',
  'runs.events': 'GET /v1/runs/{run_id}/events',
  'runs.output': 'GET /v1/runs/{run_id}/output',
  'runs.outputs': 'GET /v1/runs/{run_id}/outputs',
  'runs.cancel': 'POST /v1/runs/{run_id}/cancel',
  'runs.retry': 'POST /v1/runs/{run_id}/retry',
  'runs.debug': 'GET /v1/runs/{run_id}/debug',
  'runs.debugArtifact': 'GET /v1/runs/{run_id}/debug/{artifact_id}',
  'runs.evidence': 'GET /v1/runs/{run_id}/evidence',
  'runs.prune': 'POST /v1/runs/prune',
  'assets.import': 'POST /v1/assets',
  'assets.cancelImport': 'DELETE /v1/imports/{import_id}',
  'assets.get': 'GET /v1/assets/{asset_id}',
  'assets.list': 'GET /v1/assets',
  'assets.text': 'GET /v1/assets/{asset_id}/text-beginning',
  'assets.references': 'GET /v1/assets/{asset_id}/references',
  'assets.graph': 'GET /v1/assets/{asset_id}/graph',
  'assets.delete': 'DELETE /v1/assets/{asset_id}',
  'assets.gc': 'POST /v1/assets/gc',
  'sessions.contextMedia': 'POST /v1/sessions/{session_id}/context-media',
  'images.submit': 'POST /v1/sessions/{session_id}/images',
  'images.models': 'GET /v1/images/models',
  'images.versions': 'GET /v1/assets/{asset_id}/versions',
  'audio.speak': 'POST /v1/audio/speech',
  'audio.readAloud': 'POST /v1/sessions/{session_id}/messages/{message_id}/speech',
  'audio.cancelSpeech': 'DELETE /v1/audio/speech/{speech_id}',
  'audio.models': 'GET /v1/audio/models',
  'audio.peaks': 'GET /v1/assets/{asset_id}/peaks',
  'audio.keepPeaks': 'PUT /v1/assets/{asset_id}/peaks',
  'derivations.create': 'POST /v1/derivations',
  'derivations.get': 'GET /v1/derivations/{derivation_id}',
  'derivations.list': 'GET /v1/derivations',
  'sources.create': 'POST /v1/sources',
  'sources.get': 'GET /v1/sources/{source_id}',
  'sources.list': 'GET /v1/sources',
  'sources.setStatus': 'PUT /v1/sources/{source_id}/status',
  'sources.rotateToken': 'PUT /v1/sources/{source_id}/token',
  'sources.delete': 'DELETE /v1/sources/{source_id}',
  'sources.audit': 'GET /v1/sources/{source_id}/audit',
  'observations.ingest': 'POST /v1/sources/{source_id}/observations',
  'observations.list': 'GET /v1/observations',
  'observations.get': 'GET /v1/observations/{observation_id}',
  'observations.materialize': 'POST /v1/sessions/{target_session_id}/materializations',
  'recordings.begin': 'PUT /v1/recordings/{recording_id}',
  'recordings.endSegment': 'POST /v1/recordings/{recording_id}/segments',
  'recordings.end': 'POST /v1/recordings/{recording_id}/end',
  'recordings.get': 'GET /v1/recordings/{recording_id}',
  'recordings.list': 'GET /v1/recordings',
  'recordings.retry': 'POST /v1/recordings/{recording_id}/retry',
  'recordings.take': 'POST /v1/recordings/{recording_id}/take',
  'recordings.discard': 'DELETE /v1/recordings/{recording_id}',
  'recordings.keep': 'POST /v1/recordings/{recording_id}/keep',
  'recordings.ask': 'POST /v1/recordings/{recording_id}/runs',
  'tools.list': 'GET /v1/tools',
  'permissions.check': 'POST /v1/permissions/check',
  'permissions.listRules': 'GET /v1/permissions/rules',
  'permissions.setRule': 'POST /v1/permissions/rules',
  'permissions.deleteRule': 'DELETE /v1/permissions/rules/{rule_id}',
  'approvals.list': 'GET /v1/approvals',
  'approvals.resolve': 'POST /v1/approvals/resolve',
  'models.list': 'GET /v1/models',
  'models.get': 'GET /v1/models/{model}',
  'models.refresh': 'POST /v1/models/refresh',
  'preferences.get': 'GET /v1/preferences',
  'preferences.set': 'PATCH /v1/preferences',
  'requestSettings.get': 'GET /v1/request-settings',
  'requestSettings.set': 'PUT /v1/request-settings',
  'costs.report': 'GET /v1/costs',
  'costs.spending': 'GET /v1/costs/spending',
  'costs.setLimit': 'PUT /v1/costs/limit',
  'routesFile.read': 'GET /v1/routes/file',
  'routesFile.check': 'POST /v1/routes/file/check',
  'routesFile.edit': 'POST /v1/routes/file/edit',
  'routesFile.write': 'PUT /v1/routes/file',
  'routesFile.restore': 'POST /v1/routes/file/restore',
  'status.get': 'GET /v1/status',
  'storage.get': 'GET /v1/storage',
  'storage.deleteAll': 'POST /v1/storage/delete-all',
  'logs.read': 'GET /v1/logs',
} as const satisfies Record<DaemonCallName, Endpoint>

/** What belongs to no call: whether it is there, what can be asked, and what happens. */
export const readyPath = '/readyz'
export const documentPath = '/v1/openapi.json'
export const eventsPath = '/v1/events/stream'
/**
 * Bytes as they are, beside the calls: `POST` of a file's bytes with `file_name`, and on wish `media_type` and
 * `import_id`, as query; answers an `AssetView`.
 */
export const uploadPath = '/v1/assets/upload'
/** `GET /v1/assets/<id>/<role>`, with ranges: the bytes of an asset or of what is derived from it. */
export const byteRoles = ['raw', 'text', 'preview', 'thumbnail'] as const
export type ByteRole = (typeof byteRoles)[number]

/** On the answer to a call: id of the newest event there was when it was made. */
export const lastEventHeader = 'x-last-event-id'

/** On the event stream beside the daemon's own events, told apart by the stream's `event` line. */
export interface StreamNotes {
  /** Nothing else to say. What comes after `last_event_id` has not been told yet. */
  readonly heartbeat: { readonly last_event_id: string }
  /** Something was missed and can't be told any more: ask for what you show. Goes on after `last_event_id`. */
  readonly reset: { readonly reason: 'other_boot' | 'no_longer_kept'; readonly last_event_id: string }
  /** The last word; no event follows. */
  readonly end: { readonly reason: 'daemon_stopping'; readonly last_event_id: string }
}

/** A heartbeat comes at least this often; silence three times as long means that nobody is there. */
export const heartbeatMs = 5_000
