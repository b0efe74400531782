import type { FaultCode, ProviderTrouble } from '@contract/fault'

export interface FaultText {
  readonly title: string
  /** `{{detail}}` is the daemon's own sentence. */
  readonly body: string
}
export interface FaultTexts {
  readonly code: Readonly<Record<Exclude<FaultCode, 'provider_error'>, FaultText>>
  readonly trouble: Readonly<Record<ProviderTrouble['kind'], FaultText>>
  readonly unknown: FaultText
  readonly wait_one: string
  readonly wait_other: string
  /** Stand in where a fault does not name them. */
  readonly provider: string
  readonly model: string
  readonly route: string
}

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
    unknown: { title: 'The provider reported a problem', body: '{{said}}' },
  },
  unknown: { title: 'That did not work', body: '{{detail}}' },
  wait_one: 'Try again in {{count}} second.',
  wait_other: 'Try again in {{count}} seconds.',
  provider: 'The provider',
  model: 'this model',
  route: 'in use',
} as const satisfies FaultTexts

export const faultGerman: FaultTexts = {
  code: {
    call_refused: { title: 'Diese Anfrage war nicht zu verstehen', body: '{{detail}}' },
    not_ready: {
      title: 'Kheish ist noch nicht bereit',
      body: 'Versuch es gleich noch einmal. Nichts wurde geändert.',
    },
    state_root_in_use: {
      title: 'Kheish läuft bereits',
      body: 'Ein anderes Kheish benutzt dieselben Daten. Schließ es und versuch es erneut.',
    },
    store_unreadable: { title: 'Die Chat-Datenbank ist nicht lesbar', body: '{{detail}}' },
    storage_full: {
      title: 'Der Datenträger ist voll',
      body: 'Bisher Gespeichertes ist sicher. Schaff Platz und versuch es erneut.',
    },
    bug: {
      title: 'In Kheish ist etwas kaputtgegangen',
      body: 'Nichts ging verloren. Im Protokoll steht es unter {{ref}}.',
    },
    selector_empty: {
      title: 'Kein Modell genannt',
      body: 'Wähle ein Modell und versuch es erneut.',
    },
    selector_model_missing: {
      title: 'Das Modell fehlt',
      body: 'Eine Route allein genügt nicht: Schreib Route/Modell.',
    },
    selector_conflict: {
      title: 'Zwei Routen genannt',
      body: 'Das Modell nennt eine andere Route als die gewählte. Nenne eine davon.',
    },
    route_unknown: { title: 'Diese Route gibt es nicht', body: '{{detail}}' },
    route_ambiguous: { title: 'Mehr als eine Route passt', body: '{{detail}}' },
    route_not_ready: {
      title: 'Diese Route ist gerade nicht benutzbar',
      body: 'Die Route {{route}} hat keinen gültigen Schlüssel. Nichts wurde gesendet.',
    },
    route_file_read_failed: { title: 'Die Routendatei ist nicht lesbar', body: '{{detail}}' },
    route_file_invalid: { title: 'Die Routendatei hat einen Fehler', body: '{{detail}}' },
    default_route_unresolved: {
      title: 'Die Standardroute ist nicht genannt',
      body: 'Die Routendatei hat mehrere Routen. Nenne eine davon in default_route.',
    },
    default_route_missing: { title: 'Die Standardroute gibt es nicht', body: '{{detail}}' },
    unsupported_capability: { title: 'Eine Route verspricht, was sie nicht kann', body: '{{detail}}' },
    route_auth_ref_missing: {
      title: 'Ein Schlüssel fehlt',
      body: 'Die Route {{route}} sucht ihren Schlüssel in {{slot}}; dort ist keiner.',
    },
    route_auth_provider_mismatch: {
      title: 'Der Schlüssel gehört zu einem anderen Anbieter',
      body: 'In {{slot}} liegt kein OpenRouter-Schlüssel, die Route {{route}} braucht aber einen.',
    },
    api_key_env_missing: { title: 'Eine Umgebungsvariable ist nicht gesetzt', body: '{{detail}}' },
    api_key_env_empty: { title: 'Eine Umgebungsvariable ist leer', body: '{{detail}}' },
    api_key_env_invalid: { title: 'Eine Umgebungsvariable enthält keinen lesbaren Text', body: '{{detail}}' },
    route_credentials_missing: {
      title: 'Eine Route hat keinen Schlüssel',
      body: 'Die Route {{route}} nennt keinen Ort für ihren Schlüssel.',
    },
    secret_source_invalid: { title: 'Das ist kein brauchbarer Schlüssel', body: '{{detail}}' },
    secret_not_found: {
      title: 'Diesen Schlüssel gibt es nicht',
      body: 'In {{slot}} ist nichts gespeichert.',
    },
    secret_in_use: {
      title: 'Dieser Schlüssel wird benutzt',
      body: 'Eine Route deiner Routendatei nennt ihn. Ersetze ihn oder ändere zuerst die Routendatei.',
    },
    secret_store_unavailable: { title: 'Es gibt keinen Schlüsselbund', body: '{{detail}}' },
    secret_store_locked: {
      title: 'Der Schlüsselbund ist gesperrt',
      body: 'Entsperre ihn und versuch es erneut. Nichts wurde gespeichert.',
    },
    secret_store_unreadable: { title: 'Der Schlüsselbund ist nicht lesbar', body: '{{detail}}' },
    secret_rejected: {
      title: 'OpenRouter nimmt diesen Schlüssel nicht an',
      body: 'Prüfe, ob er vollständig kopiert ist, von sk-or- bis zum Ende. Nichts wurde gespeichert.',
    },
    sign_in_failed: { title: 'Die Anmeldung hat nicht geklappt', body: '{{detail}}' },
    sign_in_cancelled: { title: 'Die Anmeldung wurde abgebrochen', body: 'Nichts wurde gespeichert.' },
    session_not_found: {
      title: 'Diesen Chat gibt es nicht mehr',
      body: 'Er wurde hier oder anderswo gelöscht.',
    },
    session_busy: {
      title: 'Dieser Chat ist beschäftigt',
      body: 'Warte auf die Antwort oder stopp sie, dann versuch es erneut.',
    },
    message_not_found: {
      title: 'Diese Nachricht gibt es nicht mehr',
      body: 'Öffne den Chat neu, um seine Nachrichten zu sehen.',
    },
    run_not_found: {
      title: 'Diese Antwort gibt es nicht mehr',
      body: 'Öffne den Chat neu, um seine Nachrichten zu sehen.',
    },
    run_state_conflict: { title: 'Dafür ist es zu spät', body: 'Die Antwort ist schon weiter.' },
    input_empty: { title: 'Es gibt nichts zu senden', body: 'Schreib zuerst eine Nachricht.' },
    input_shape_conflict: { title: 'Die Nachricht konnte nicht gesendet werden', body: '{{detail}}' },
    capability_unsupported: {
      title: 'Das kann dieses Modell nicht',
      body: 'Wähle eines, das es kann. Deine Nachricht bleibt erhalten.',
    },
    daemon_restarted: {
      title: 'Kheish wurde während dieser Antwort geschlossen',
      body: 'Alles, was angekommen war, ist da. Nichts wurde noch einmal gesendet.',
    },
    daemon_stopping: {
      title: 'Kheish wurde gerade geschlossen',
      body: 'Alles, was angekommen war, ist da. Nichts wurde noch einmal gesendet.',
    },
    invalid_idempotency_key: { title: 'Die Nachricht konnte nicht gesendet werden', body: '{{detail}}' },
    idempotency_conflict: {
      title: 'Das wurde schon in anderer Form gesendet',
      body: 'Sende es als neue Nachricht.',
    },
    runtime_revision_conflict: {
      title: 'Die Einstellungen haben sich inzwischen geändert',
      body: 'Sieh sie noch einmal an und versuch es erneut.',
    },
    interrupted: { title: 'Angehalten', body: 'Was angekommen war, bleibt erhalten.' },
  },
  trouble: {
    unreachable: {
      title: 'OpenRouter ist nicht erreichbar',
      body: 'Prüfe die Verbindung und versuch es erneut. Deine Nachricht bleibt erhalten.',
    },
    timeout: {
      title: 'Keine Antwort in der Zeit',
      body: '{{provider}} blieb zu lange stumm. Was angekommen war, bleibt erhalten.',
    },
    cut_short: {
      title: 'Die Antwort brach ab',
      body: 'Die Verbindung endete zu früh. Was angekommen war, bleibt erhalten.',
    },
    rate_limited: { title: 'Zu viele Anfragen', body: '{{provider}} bittet um eine Pause. {{wait}}' },
    daily_limit: {
      title: 'Das Tageslimit ist erreicht',
      body: 'Dieser Schlüssel darf heute nicht mehr fragen. Ein anderes Modell oder ein anderer Schlüssel geht vielleicht noch.',
    },
    payment: {
      title: 'Nicht genug Guthaben',
      body: 'Das OpenRouter-Konto oder der Schlüssel hat dafür zu wenig Guthaben. Lade auf oder wähle ein günstigeres Modell.',
    },
    key_refused: {
      title: 'OpenRouter lehnt den Schlüssel ab',
      body: 'Er wurde entfernt, ist abgelaufen oder falsch kopiert. Ersetze ihn in den Einstellungen.',
    },
    forbidden: { title: 'Nicht erlaubt', body: 'OpenRouter erlaubt diese Anfrage nicht. {{said}}' },
    no_endpoint: {
      title: 'Niemand bietet dieses Modell gerade an',
      body: 'Kein Anbieter von {{model}} passt zu dieser Anfrage und deinen Einstellungen. Wähle ein anderes Modell.',
    },
    too_large: {
      title: 'Die Nachricht ist zu groß',
      body: 'Sende weniger auf einmal oder wähle ein anderes Modell.',
    },
    context_length: {
      title: 'Der Chat ist zu lang für dieses Modell',
      body: 'Wähle ein Modell mit größerem Kontext oder beginne einen neuen Chat.',
    },
    policy: { title: 'Vom Anbieter abgelehnt', body: '{{provider}} hat diesen Inhalt abgelehnt. {{said}}' },
    bad_request: { title: 'Die Anfrage wurde nicht angenommen', body: '{{said}}' },
    overloaded: {
      title: '{{provider}} ist überlastet',
      body: '{{wait}} Ein anderes Modell antwortet vielleicht sofort.',
    },
    provider_down: { title: '{{provider}} hat eine Störung', body: 'Es liegt nicht an dir. {{wait}}' },
    malformed: {
      title: 'Die Antwort war unverständlich',
      body: '{{provider}} hat etwas Unlesbares gesendet.',
    },
    unknown: { title: 'Der Anbieter meldet ein Problem', body: '{{said}}' },
  },
  unknown: { title: 'Das hat nicht geklappt', body: '{{detail}}' },
  wait_one: 'Versuch es in {{count}} Sekunde erneut.',
  wait_other: 'Versuch es in {{count}} Sekunden erneut.',
  provider: 'Der Anbieter',
  model: 'diesem Modell',
  route: 'in Gebrauch',
}
