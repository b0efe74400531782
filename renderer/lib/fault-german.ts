import type { FaultTexts } from './fault-texts'

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
    inline_asset_invalid: { title: 'Eine Datei in der Nachricht ist beschädigt', body: '{{detail}}' },
    asset_not_found: {
      title: 'Diese Datei gibt es nicht mehr',
      body: 'Vielleicht wurde sie gelöscht. Sonst hat sich nichts geändert.',
    },
    asset_empty: { title: 'Diese Datei ist leer', body: 'Es gibt nichts hinzuzufügen.' },
    asset_too_large: {
      title: 'Diese Datei ist zu groß',
      body: 'Sie hat {{size}}; von ihrer Art werden höchstens {{limit}} genommen.',
    },
    unsupported_media_type: {
      title: 'Dateien dieser Art lassen sich nicht hinzufügen',
      body: 'Es gehen Bilder, PDF, Text, CSV, Markdown, JSON und Ton. Sichere sie in einer dieser Arten und füge das hinzu.',
    },
    media_type_mismatch: {
      title: 'Diese Datei ist nicht, was ihr Name sagt',
      body: 'Sie kam als {{declared}} und enthält {{found}}. Gib ihr die richtige Endung und füge sie noch einmal hinzu.',
    },
    asset_invalid: {
      title: 'Diese Datei ist beschädigt oder nicht lesbar',
      body: 'Nichts davon wurde behalten. Hol oder sichere sie noch einmal und füge das hinzu.',
    },
    folder_refused: {
      title: 'Ordner lassen sich nicht hinzufügen',
      body: 'Wähle stattdessen die Dateien darin.',
    },
    asset_unreadable: {
      title: 'Diese Datei lässt sich nicht öffnen',
      body: 'Prüfe, ob sie noch da ist und du sie lesen darfst, und füge sie dann noch einmal hinzu.',
    },
    asset_integrity_mismatch: {
      title: 'Diese Datei wurde auf der Festplatte verändert',
      body: 'Was gespeichert ist, ist nicht mehr, was hinzugefügt wurde; es wird nichts davon verwendet. Füge sie neu hinzu.',
    },
    asset_delete_blocked: {
      title: 'Etwas braucht diese Datei noch',
      body: 'Lösche zuerst die Chats oder Bilder, die sie verwenden.',
    },
    import_cancelled: {
      title: 'Nicht hinzugefügt',
      body: 'Das Hinzufügen wurde abgebrochen. Es wurde nichts behalten.',
    },
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
    daemon_unreachable: {
      title: 'Der Dienst von Kheish antwortet nicht',
      body: 'Gespeichertes ist sicher. Versuch es gleich noch einmal.',
    },
    unauthorized: { title: 'Dafür ist ein gültiges Token nötig', body: '{{detail}}' },
    forbidden: { title: 'Das ist von hier aus nicht erlaubt', body: '{{detail}}' },
    endpoint_not_found: { title: 'Unter dieser Adresse gibt es nichts', body: '{{detail}}' },
    body_too_large: { title: 'Das ist zu groß zum Senden', body: '{{detail}}' },
    misdirected: { title: 'Diese Adresse wird hier nicht bedient', body: '{{detail}}' },
    rate_limited: { title: 'Zu viele Versuche', body: 'Warte einen Moment und versuch es erneut.' },
    bind_refused: { title: 'Diese Adresse kann nicht bedient werden', body: '{{detail}}' },
    route_file_write_failed: {
      title: 'Die Routendatei ließ sich nicht speichern',
      body: 'Sie ist unverändert. Prüfe, ob Kheish in die Datei und ihren Ordner schreiben darf.',
    },
    route_file_changed: {
      title: 'Die Routen-Datei hat sich inzwischen geändert',
      body: 'Dein Text wurde nicht gespeichert. Lade die Datei neu und wiederhole die Änderung.',
    },
    model_not_found: { title: 'Der Katalog kennt dieses Modell nicht', body: '{{detail}}' },
    spending_limit_reached: {
      title: 'Das Ausgabenlimit ist erreicht',
      body: 'Nichts wurde gesendet. Erhöhe das Limit in den Einstellungen oder warte, bis es neu beginnt.',
    },
    run_debug_not_found: {
      title: 'Zu diesem Lauf wurde nichts aufgezeichnet',
      body: 'Belege werden nur aufbewahrt, wenn es eingeschaltet ist, und sieben Tage lang.',
    },
    run_debug_artifact_not_found: {
      title: 'Diesen Beleg gibt es nicht',
      body: 'Vielleicht wurde er nach sieben Tagen entfernt.',
    },
    run_debug_artifact_unreadable: {
      title: 'Dieser Beleg ist nicht lesbar',
      body: 'Er wurde verändert, oder sein Schlüssel fehlt.',
    },
    run_retention_invalid_request: { title: 'So lässt sich nicht aufräumen', body: '{{detail}}' },
    evidence_invalid: { title: 'Das ist keine Beleg-Datei von Kheish', body: '{{detail}}' },
    debug_capture_key_invalid: { title: 'Der Schlüssel für Belege ist unbrauchbar', body: '{{detail}}' },
    debug_capture_tokens_unreadable: {
      title: 'Deine Liste zu entfernender Wörter ist nicht lesbar',
      body: 'Von neuen Antworten wird nichts aufbewahrt, bis sie wieder lesbar ist. Repariere die Datei und starte Kheish neu.',
    },
    pin_not_honoured: { title: 'Ein anderer Anbieter hat geantwortet als verlangt', body: '{{detail}}' },
    turn_ceiling_reached: {
      title: 'Das Modell dreht sich im Kreis',
      body: 'Es hat seine Werkzeuge zu oft ohne Ergebnis benutzt. Was es gesagt hat, bleibt erhalten.',
    },
    outcome_unknown: {
      title: 'Niemand weiß, wie das ausging',
      body: 'Kheish endete während einer laufenden Anfrage. Sie kann etwas gekostet haben und wurde nicht noch einmal gesendet.',
    },
    image_order_invalid: { title: 'Dieses Bild lässt sich so nicht bestellen', body: '{{detail}}' },
    image_route_missing: { title: 'Keine Route macht Bilder', body: '{{detail}}' },
    image_routes_failed: { title: 'Es ist kein Bild entstanden', body: '{{detail}}' },
    speech_invalid: { title: 'Das lässt sich nicht sprechen', body: '{{detail}}' },
    speech_empty: {
      title: 'Hier gibt es nichts vorzulesen',
      body: 'Diese Nachricht hat keine eigenen Worte.',
    },
    speech_route_missing: { title: 'Keine Route spricht', body: '{{detail}}' },
    transcription_route_missing: { title: 'Keine Route schreibt Gesprochenes auf', body: '{{detail}}' },
    derivation_not_found: {
      title: 'Diese Ableitung gibt es nicht mehr',
      body: 'Sonst hat sich nichts geändert.',
    },
    derivation_subject_unknown: { title: 'Es gibt nichts, wovon etwas abzuleiten wäre', body: '{{detail}}' },
    derivation_options_invalid: { title: 'Das lässt sich so nicht verlangen', body: '{{detail}}' },
    derivation_unsupported: { title: 'Das lässt sich nicht ableiten', body: '{{detail}}' },
    source_not_found: { title: 'Diese Quelle gibt es nicht', body: 'Vielleicht wurde sie gelöscht.' },
    source_invalid: { title: 'Die Quelle wurde nicht angenommen', body: '{{detail}}' },
    observation_not_found: {
      title: 'Diese Aufnahme gibt es nicht mehr',
      body: 'Vielleicht wurde sie gelöscht.',
    },
    observation_source_blocked: {
      title: 'Diese Quelle gibt und nimmt gerade nichts',
      body: 'Sie ist angehalten oder abgeschaltet, ihre Regeln verbieten es, oder die Zeit der Aufnahme ist um. Nichts wurde gespeichert oder gesendet.',
    },
    observation_invalid: { title: 'Die Aufnahme wurde nicht angenommen', body: '{{detail}}' },
    observation_media_type_rejected: { title: 'Diese Quelle nimmt solche Dateien nicht', body: '{{detail}}' },
    observation_selection_empty: {
      title: 'Es gibt keine Aufnahme, die mitgehen könnte',
      body: 'Nimm erst etwas auf oder wähle anders aus.',
    },
    recording_not_found: {
      title: 'Dieses Diktat gibt es nicht mehr',
      body: 'Es wurde übernommen oder verworfen.',
    },
    recording_invalid: { title: 'Die Aufnahme ließ sich so nicht behalten', body: '{{detail}}' },
    approval_not_found: { title: 'Hier gibt es nichts zu entscheiden', body: 'Die Frage ist weg.' },
    approval_request_not_pending: {
      title: 'Das ist schon entschieden',
      body: 'Die Antwort ging weiter oder endete ohne das.',
    },
    approval_duplicate_resolution: {
      title: 'Das wurde zweimal entschieden',
      body: 'Die erste Entscheidung gilt.',
    },
    approval_batch_empty: { title: 'Es wurde nichts entschieden', body: 'Nenne mindestens eine Frage.' },
    approval_state_conflict: { title: 'Das lässt sich jetzt nicht entscheiden', body: '{{detail}}' },
    permission_rule_invalid: { title: 'Diese Regel geht so nicht', body: '{{detail}}' },
    permission_rule_not_found: { title: 'Diese Regel gibt es nicht', body: 'Sie wurde wohl entfernt.' },
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
    no_image: {
      title: 'Es kam kein Bild zurück',
      body: 'Die Antwort enthält kein Bild. Formuliere es anders oder wähle ein anderes Modell.',
    },
    no_audio: {
      title: 'Es kam kein Ton zurück',
      body: 'Die Antwort enthält nichts, was sich abspielen lässt. Versuche es noch einmal oder wähle ein anderes Modell.',
    },
    no_text: {
      title: 'Es kamen keine Worte zurück',
      body: 'In der Aufnahme wurde nichts verstanden. Sie bleibt da: Versuche es noch einmal oder wähle ein anderes Modell.',
    },
    unknown: { title: 'Der Anbieter meldet ein Problem', body: '{{said}}' },
  },
  file: {
    cut: {
      title: 'Beschädigt: Das Ende fehlt',
      body: 'Sie wurde nicht ganz kopiert oder geladen. Hol sie noch einmal und füge das hinzu.',
    },
    other: {
      title: 'Diese Datei ist nicht, was ihr Name sagt',
      body: 'Sie beginnt nicht wie eine Datei ihrer Art, oder ihr Anfang ist beschädigt.',
    },
    pixels: {
      title: 'Dieses Bild hat zu viele Pixel',
      body: 'Höchstens 50 Millionen im Ganzen und 16.384 an einer Kante. Mach es kleiner und füge das hinzu.',
    },
    bytes: {
      title: 'Dieses Bild wird nicht klein genug',
      body: 'Sichere es kleiner oder als JPEG und füge das hinzu.',
    },
    locked: {
      title: 'Dieses PDF ist mit einem Passwort gesperrt',
      body: 'Sichere es ohne Passwort und füge das hinzu.',
    },
    pages: {
      title: 'Dieses PDF hat zu viele Seiten',
      body: 'Höchstens 128. Füge es in Teilen hinzu.',
    },
    dense: {
      title: 'In diesem PDF ist zu viel',
      body: 'Sein Text und seine Zeichnungen sind mehr, als sich lesen lässt. Füge es in Teilen hinzu oder druck es in ein neues PDF.',
    },
    encoding: {
      title: 'Dieser Text ist nicht in UTF-8',
      body: 'Sichere ihn in dieser Kodierung und füge ihn noch einmal hinzu.',
    },
    syntax: {
      title: 'Diese Datei ist kein gültiges JSON',
      body: 'Berichtige sie oder füge sie als Textdatei hinzu.',
    },
    silent: { title: 'In dieser Datei ist kein Ton', body: 'Nichts davon wurde behalten.' },
    packing: {
      title: 'Der Ton in dieser Datei ist nicht lesbar',
      body: 'Er ist in einer Art gepackt, die nicht genommen wird. Sichere ihn als MP3 oder WAV und füge das hinzu.',
    },
    long: { title: 'Diese Aufnahme ist zu lang', body: 'Höchstens 30 Minuten. Füge sie in Teilen hinzu.' },
    heavy: {
      title: 'Diese Datei zu lesen war zu viel',
      body: 'Es dauerte zu lange oder brauchte zu viel Speicher und wurde aufgegeben. Sichere sie einfacher und füge das hinzu.',
    },
  },
  unknown: { title: 'Das hat nicht geklappt', body: '{{detail}}' },
  wait_one: 'Versuch es in {{count}} Sekunde erneut.',
  wait_other: 'Versuch es in {{count}} Sekunden erneut.',
  provider: 'Der Anbieter',
  model: 'diesem Modell',
  route: 'in Gebrauch',
  way: { 'open-keys': 'Schlüssel öffnen', 'open-routes': 'Routen öffnen', 'open-costs': 'Kosten öffnen' },
}
