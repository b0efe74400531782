import type { FaultTexts } from './fault-texts'

export const faultEnglish = {
  code: {
    call_refused: { title: 'That request could not be understood', body: '{{detail}}' },
    not_ready: { title: 'Kheish is not ready yet', body: 'Try again in a moment. Nothing was changed.' },
    state_root_in_use: {
      title: 'Kheish is already running',
      body: 'Another Kheish uses the same data. Close it, then try again.',
    },
    store_unreadable: { title: 'The chat database could not be read', body: '{{detail}}' },
    storage_full: {
      title: 'The disk is full',
      body: 'What was saved before is safe. Free some space, then try again.',
    },
    bug: {
      title: 'Something broke inside Kheish',
      body: 'Nothing was lost. The log has the details under {{ref}}.',
    },
    selector_empty: { title: 'No model is named', body: 'Choose a model, then try again.' },
    selector_model_missing: {
      title: 'The model is missing',
      body: 'A route alone is not enough: write route/model.',
    },
    selector_conflict: {
      title: 'Two routes are named',
      body: 'The model names a route other than the one chosen. Name one of them.',
    },
    route_unknown: { title: 'There is no such route', body: '{{detail}}' },
    route_ambiguous: { title: 'More than one route fits', body: '{{detail}}' },
    route_not_ready: {
      title: 'This route can’t be used now',
      body: 'The route {{route}} has no working key. Nothing was sent.',
    },
    route_file_read_failed: { title: 'The routes file could not be read', body: '{{detail}}' },
    route_file_invalid: { title: 'The routes file has a mistake', body: '{{detail}}' },
    default_route_unresolved: {
      title: 'The default route is not named',
      body: 'The routes file has several routes. Name one of them in default_route.',
    },
    default_route_missing: { title: 'The default route does not exist', body: '{{detail}}' },
    unsupported_capability: {
      title: 'A route claims what it can’t do',
      body: '{{detail}}',
    },
    route_auth_ref_missing: {
      title: 'A key is missing',
      body: 'The route {{route}} looks for its key in {{slot}}, and there is none.',
    },
    route_auth_provider_mismatch: {
      title: 'The key belongs to another provider',
      body: 'The key in {{slot}} is not an OpenRouter key, but the route {{route}} needs one.',
    },
    api_key_env_missing: { title: 'An environment variable is not set', body: '{{detail}}' },
    api_key_env_empty: { title: 'An environment variable is empty', body: '{{detail}}' },
    api_key_env_invalid: { title: 'An environment variable holds no readable text', body: '{{detail}}' },
    route_credentials_missing: {
      title: 'A route has no key',
      body: 'The route {{route}} names no place to find its key.',
    },
    secret_source_invalid: { title: 'That is not a usable key', body: '{{detail}}' },
    secret_not_found: { title: 'There is no such key', body: 'Nothing is stored in {{slot}}.' },
    secret_in_use: {
      title: 'This key is in use',
      body: 'A route of your routes file names it. Replace the key, or change the routes file first.',
    },
    secret_store_unavailable: { title: 'There is no keychain', body: '{{detail}}' },
    secret_store_locked: {
      title: 'The keychain is locked',
      body: 'Unlock it, then try again. Nothing was stored.',
    },
    secret_store_unreadable: { title: 'The keychain could not be read', body: '{{detail}}' },
    secret_rejected: {
      title: 'OpenRouter does not accept this key',
      body: 'Check that it was copied whole, from sk-or- to the end. Nothing was stored.',
    },
    sign_in_failed: { title: 'Signing in did not work', body: '{{detail}}' },
    sign_in_cancelled: { title: 'Signing in was cancelled', body: 'Nothing was stored.' },
    session_not_found: { title: 'This chat no longer exists', body: 'It was deleted, here or elsewhere.' },
    session_busy: { title: 'This chat is busy', body: 'Wait for the answer or stop it, then try again.' },
    message_not_found: {
      title: 'This message no longer exists',
      body: 'Open the chat again to see its messages.',
    },
    run_not_found: {
      title: 'This answer no longer exists',
      body: 'Open the chat again to see its messages.',
    },
    run_state_conflict: { title: 'Too late for that', body: 'The answer has already moved on.' },
    input_empty: { title: 'There is nothing to send', body: 'Write a message first.' },
    input_shape_conflict: { title: 'The message could not be sent', body: '{{detail}}' },
    inline_asset_invalid: { title: 'A file in the message is damaged', body: '{{detail}}' },
    asset_not_found: {
      title: 'This file is gone',
      body: 'It may have been deleted. Nothing else was changed.',
    },
    asset_empty: { title: 'This file is empty', body: 'There is nothing in it to add.' },
    asset_too_large: {
      title: 'This file is too large',
      body: 'It has {{size}}, and {{limit}} is the most that is taken of its kind.',
    },
    unsupported_media_type: {
      title: 'Files of this type can’t be added',
      body: 'Pictures, PDF, text, CSV, Markdown, JSON and sound can. Save it as one of these and add that.',
    },
    media_type_mismatch: {
      title: 'This file is not what its name says',
      body: 'It came as {{declared}} and holds {{found}}. Give it its right ending and add it again.',
    },
    asset_invalid: {
      title: 'This file is damaged or not readable',
      body: 'Nothing of it was kept. Fetch or save it once more, and add that.',
    },
    folder_refused: { title: 'Folders can’t be added', body: 'Choose the files in it instead.' },
    asset_unreadable: {
      title: 'This file can’t be opened',
      body: 'Check that it is still there and yours to read, then add it again.',
    },
    asset_integrity_mismatch: {
      title: 'This file was changed on the disk',
      body: 'What is stored is no longer what was added, so nothing of it is used. Add it again.',
    },
    asset_delete_blocked: {
      title: 'Something still needs this file',
      body: 'Delete the chats or pictures that use it first.',
    },
    import_cancelled: { title: 'Not added', body: 'Adding the file was stopped. Nothing was kept.' },
    capability_unsupported: {
      title: 'This model can’t do that',
      body: 'Choose a model that can. Your message is kept.',
    },
    daemon_restarted: {
      title: 'Kheish was closed during this answer',
      body: 'Everything that had arrived is here. Nothing was sent again.',
    },
    daemon_stopping: {
      title: 'Kheish was closing',
      body: 'Everything that had arrived is here. Nothing was sent again.',
    },
    invalid_idempotency_key: { title: 'The message could not be sent', body: '{{detail}}' },
    idempotency_conflict: {
      title: 'This was already sent in another form',
      body: 'Send it again as a new message.',
    },
    runtime_revision_conflict: {
      title: 'The settings changed in the meantime',
      body: 'Look at them again, then try once more.',
    },
    daemon_unreachable: {
      title: 'Kheish’s daemon does not answer',
      body: 'What was stored is safe. Try again in a moment.',
    },
    unauthorized: { title: 'This needs a valid token', body: '{{detail}}' },
    forbidden: { title: 'This is not allowed from here', body: '{{detail}}' },
    endpoint_not_found: { title: 'There is nothing at this address', body: '{{detail}}' },
    body_too_large: { title: 'That is too large to send', body: '{{detail}}' },
    misdirected: { title: 'This address is not served here', body: '{{detail}}' },
    rate_limited: { title: 'Too many attempts', body: 'Wait a moment, then try again.' },
    bind_refused: { title: 'This address can’t be served', body: '{{detail}}' },
    route_file_write_failed: {
      title: 'The routes file could not be saved',
      body: 'It is as it was. Check that Kheish may write to the file and its folder.',
    },
    route_file_changed: {
      title: 'The routes file changed in the meantime',
      body: 'Your text was not saved. Load the file again, then repeat the change.',
    },
    model_not_found: { title: 'The catalogue has no such model', body: '{{detail}}' },
    spending_limit_reached: {
      title: 'The spending limit is reached',
      body: 'Nothing was sent. Raise the limit in the settings, or wait until it starts again.',
    },
    run_debug_not_found: {
      title: 'Nothing was recorded of this run',
      body: 'Evidence is kept only while it is switched on, and for seven days.',
    },
    run_debug_artifact_not_found: {
      title: 'This piece of evidence does not exist',
      body: 'It may have been removed after seven days.',
    },
    run_debug_artifact_unreadable: {
      title: 'This piece of evidence can’t be read',
      body: 'It was changed, or its key is gone.',
    },
    run_retention_invalid_request: { title: 'This can’t be cleaned up that way', body: '{{detail}}' },
    evidence_invalid: { title: 'This is no evidence file of Kheish', body: '{{detail}}' },
    debug_capture_key_invalid: { title: 'The key for evidence can’t be used', body: '{{detail}}' },
    debug_capture_tokens_unreadable: {
      title: 'Your list of words to take out can’t be read',
      body: 'Nothing is kept of new answers until it can be read again. Repair the file and start Kheish again.',
    },
    pin_not_honoured: { title: 'Another provider answered than you asked for', body: '{{detail}}' },
    turn_ceiling_reached: {
      title: 'The model went round in circles',
      body: 'It used its tools too often without an answer. What it said is kept.',
    },
    outcome_unknown: {
      title: 'Nobody knows how this ended',
      body: 'Kheish ended while a request was under way. It may have cost something, and was not sent again.',
    },
    image_order_invalid: { title: 'That picture can’t be ordered', body: '{{detail}}' },
    image_route_missing: { title: 'No route makes pictures', body: '{{detail}}' },
    image_routes_failed: { title: 'No picture was made', body: '{{detail}}' },
    speech_invalid: { title: 'This can’t be spoken', body: '{{detail}}' },
    speech_empty: { title: 'There is nothing to read aloud', body: 'This message has no words of its own.' },
    speech_route_missing: { title: 'No route speaks', body: '{{detail}}' },
    transcription_route_missing: { title: 'No route writes speech down', body: '{{detail}}' },
    derivation_not_found: { title: 'This derivation no longer exists', body: 'Nothing else was changed.' },
    derivation_subject_unknown: { title: 'There is nothing to derive from', body: '{{detail}}' },
    derivation_options_invalid: { title: 'That can’t be asked for', body: '{{detail}}' },
    derivation_unsupported: { title: 'That can’t be derived', body: '{{detail}}' },
    source_not_found: { title: 'There is no such source', body: 'It may have been deleted.' },
    source_invalid: { title: 'The source was not accepted', body: '{{detail}}' },
    observation_not_found: { title: 'This recording no longer exists', body: 'It may have been deleted.' },
    observation_source_blocked: {
      title: 'This source gives and takes nothing now',
      body: 'It is paused or disabled, its policy forbids it, or the time of the recording is over. Nothing was stored or sent.',
    },
    observation_invalid: { title: 'The recording was not accepted', body: '{{detail}}' },
    observation_media_type_rejected: { title: 'This source does not take such files', body: '{{detail}}' },
    observation_selection_empty: {
      title: 'There is nothing recorded to send',
      body: 'Record something first, or choose another selection.',
    },
    recording_not_found: { title: 'This dictation no longer exists', body: 'It was taken or discarded.' },
    recording_invalid: { title: 'The recording could not be kept as it came', body: '{{detail}}' },
    approval_not_found: { title: 'There is nothing to decide', body: 'The question is gone.' },
    approval_request_not_pending: {
      title: 'This is decided already',
      body: 'The answer has gone on or ended without it.',
    },
    approval_duplicate_resolution: { title: 'This was decided twice', body: 'The first decision stands.' },
    approval_batch_empty: { title: 'Nothing was decided', body: 'Name at least one question.' },
    approval_state_conflict: { title: 'This can’t be decided now', body: '{{detail}}' },
    permission_rule_invalid: { title: 'That rule can’t be kept', body: '{{detail}}' },
    permission_rule_not_found: { title: 'There is no such rule', body: 'It may have been removed.' },
    interrupted: { title: 'Stopped', body: 'What had arrived is kept.' },
  },
  trouble: {
    unreachable: {
      title: 'OpenRouter can’t be reached',
      body: 'Check the connection, then retry. Your message is kept.',
    },
    timeout: {
      title: 'No answer in time',
      body: '{{provider}} stayed silent for too long. What had arrived is kept.',
    },
    cut_short: {
      title: 'The answer was cut off',
      body: 'The connection ended early. What had arrived is kept.',
    },
    rate_limited: { title: 'Too many requests', body: '{{provider}} asks for a pause. {{wait}}' },
    daily_limit: {
      title: 'The daily limit is reached',
      body: 'This key may not ask again today. Another model or key may still work.',
    },
    payment: {
      title: 'Not enough credit',
      body: 'The OpenRouter account or key has too little credit for this. Add some, or choose a cheaper model.',
    },
    key_refused: {
      title: 'OpenRouter refused the key',
      body: 'It was removed, has expired or was copied wrong. Replace it in Settings.',
    },
    forbidden: { title: 'Not allowed', body: 'OpenRouter does not allow this request. {{said}}' },
    no_endpoint: {
      title: 'Nobody serves this model now',
      body: 'No provider of {{model}} fits this request and your settings. Choose another model.',
    },
    too_large: { title: 'The message is too large', body: 'Send less at once, or choose another model.' },
    context_length: {
      title: 'The chat is too long for this model',
      body: 'Choose a model with a larger context, or begin a new chat.',
    },
    policy: { title: 'Declined by the provider', body: '{{provider}} declined this content. {{said}}' },
    bad_request: { title: 'The request was not accepted', body: '{{said}}' },
    overloaded: { title: '{{provider}} is overloaded', body: '{{wait}} Another model may answer at once.' },
    provider_down: { title: '{{provider}} has a problem', body: 'It is not on your side. {{wait}}' },
    malformed: { title: 'The answer made no sense', body: '{{provider}} sent something that can’t be read.' },
    no_image: {
      title: 'No picture came back',
      body: 'The answer has no picture in it. Word it differently, or choose another model.',
    },
    no_audio: {
      title: 'No sound came back',
      body: 'The answer has no sound in it that can be played. Try again, or choose another model.',
    },
    no_text: {
      title: 'No words came back',
      body: 'Nothing was understood in the recording. It is kept: try again, or choose another model.',
    },
    unknown: { title: 'The provider reported a problem', body: '{{said}}' },
  },
  file: {
    cut: {
      title: 'Damaged: its end is missing',
      body: 'It was not copied or downloaded whole. Fetch it once more, and add that.',
    },
    other: {
      title: 'This file is not what its name says',
      body: 'It does not begin like a file of its type, or its beginning is damaged.',
    },
    pixels: {
      title: 'This picture has too many pixels',
      body: '50 million in all and 16,384 along one edge are the most. Make it smaller and add that.',
    },
    bytes: {
      title: 'This picture can’t be made small enough',
      body: 'Save it smaller or as JPEG, and add that.',
    },
    locked: {
      title: 'This PDF is locked with a password',
      body: 'Save it without one, and add that.',
    },
    pages: { title: 'This PDF has too many pages', body: '128 are the most. Add it in parts.' },
    dense: {
      title: 'There is too much in this PDF',
      body: 'Its text and drawings are more than can be read. Add it in parts, or print it into a new PDF.',
    },
    encoding: {
      title: 'This text is not UTF-8',
      body: 'Save it in that encoding, and add it again.',
    },
    syntax: {
      title: 'This file is not valid JSON',
      body: 'Correct it, or add it as a text file.',
    },
    silent: { title: 'There is no sound in this file', body: 'Nothing of it was kept.' },
    packing: {
      title: 'The sound in this file can’t be read',
      body: 'It is packed in a way that is not taken. Save it as MP3 or WAV, and add that.',
    },
    long: {
      title: 'This recording is too long',
      body: '30 minutes are the most. Add it in parts.',
    },
    heavy: {
      title: 'This file was too much to read',
      body: 'It took too long or too much memory and was given up. Save it simpler, and add that.',
    },
  },
  unknown: { title: 'That did not work', body: '{{detail}}' },
  wait_one: 'Try again in {{count}} second.',
  wait_other: 'Try again in {{count}} seconds.',
  provider: 'The provider',
  model: 'this model',
  route: 'in use',
  way: { 'open-keys': 'Open keys', 'open-routes': 'Open routes', 'open-costs': 'Open costs' },
} as const satisfies FaultTexts
