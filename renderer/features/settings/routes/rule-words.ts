import { addWords } from '../../../lib/words'

/** What is wrong with a routes file, by the reason or the code that the daemon names (contract 2.6). */
export const ruleWords = addWords('routeRules', {
  en: {
    route_file_read_failed: 'The file can’t be read.',
    toml_syntax:
      'This is not valid TOML. Check quotes and brackets, and that no table or key is there twice.',
    unknown_field: 'This field is not known. Check its spelling or remove it.',
    schema: 'This has the wrong type or a value that is not allowed here.',
    unsupported_driver: 'This driver is not part of Kheish. Use driver = "openrouter".',
    unsupported_version: 'This version of the file format is not supported. Use version = 1.',
    no_routes: 'The file defines no route. Add one.',
    route_id: 'A route’s name has 1 to 128 characters, without spaces and without “/”.',
    default_model: 'This route has no default model. Name the one it starts with.',
    base_url:
      'This must be a whole http:// or https:// address, without user name, question mark and number sign.',
    base_url_unsupported_suffix: 'The address must end in /v1 or in one of the known endpoints.',
    credential_conflict: 'Only one of these settings may be there. Keep one of them.',
    foreign_auth_field: 'This key setting belongs to another driver. Remove it.',
    credential_blank: 'This is blank, or has spaces at its edges. Fill it in or remove it.',
    auth_ref: 'This looks like a key. Put the name of a slot here, and store a new key under that name.',
    default_route: 'The default route is none of this file’s routes.',
    default_route_unresolved: 'There are several routes and none is the default. Choose one.',
    default_route_missing: 'The default route that was asked for at the start is not in this file.',
    unsupported_capability: 'The driver can’t do this, so it can’t be switched on. Remove the line.',
    route_auth_ref_missing: 'There is no key in the slot that this route uses. Store one under Keys.',
    route_auth_provider_mismatch: 'The slot that this route uses holds another provider’s secret.',
    api_key_env_missing: 'The environment variable with the key is not set.',
    api_key_env_empty: 'The environment variable with the key is empty.',
    api_key_env_invalid: 'The environment variable with the key is not valid text.',
    route_credentials_missing: 'This route says nowhere where its key comes from. Choose a key slot.',
    route_id_shadows_vendor:
      'This route is named like a vendor, so that vendor’s models are read as this route. Better give it another name.',
    inline_api_key: 'The key stands in the file for everybody to read. Better keep it in a slot.',
    field_not_used_by_driver: 'The driver does not use this field.',
  },
  de: {
    route_file_read_failed: 'Die Datei lässt sich nicht lesen.',
    toml_syntax:
      'Das ist kein gültiges TOML. Prüfe Anführungszeichen und Klammern, und ob eine Tabelle oder ein Feld doppelt dasteht.',
    unknown_field: 'Dieses Feld gibt es nicht. Prüfe die Schreibweise oder entferne es.',
    schema: 'Das hat den falschen Typ oder einen Wert, der hier nicht erlaubt ist.',
    unsupported_driver: 'Dieser Treiber gehört nicht zu Kheish. Nimm driver = "openrouter".',
    unsupported_version: 'Diese Version des Dateiformats wird nicht unterstützt. Nimm version = 1.',
    no_routes: 'Die Datei nennt keine Route. Füge eine hinzu.',
    route_id: 'Der Name einer Route hat 1 bis 128 Zeichen, ohne Leerzeichen und ohne „/“.',
    default_model: 'Dieser Route fehlt ein Standardmodell. Nenne das, mit dem sie beginnt.',
    base_url:
      'Hier muss eine ganze Adresse mit http:// oder https:// stehen, ohne Benutzernamen, Fragezeichen und Raute.',
    base_url_unsupported_suffix: 'Die Adresse muss mit /v1 oder einem der bekannten Endpunkte enden.',
    credential_conflict: 'Nur eine dieser Angaben darf dastehen. Behalte eine davon.',
    foreign_auth_field: 'Diese Schlüsselangabe gehört zu einem anderen Treiber. Entferne sie.',
    credential_blank: 'Das ist leer oder hat Leerzeichen am Rand. Fülle es aus oder entferne es.',
    auth_ref:
      'Das sieht nach einem Schlüssel aus. Setze hier den Namen eines Schlüsselplatzes ein und lege darunter einen neuen Schlüssel ab.',
    default_route: 'Die Standardroute ist keine Route dieser Datei.',
    default_route_unresolved: 'Es gibt mehrere Routen, und keine ist der Standard. Wähle eine.',
    default_route_missing: 'Die beim Start verlangte Standardroute steht nicht in dieser Datei.',
    unsupported_capability:
      'Das kann der Treiber nicht, also lässt es sich nicht einschalten. Entferne die Zeile.',
    route_auth_ref_missing:
      'Der Schlüsselplatz dieser Route ist leer. Lege unter „Schlüssel“ einen Schlüssel ab.',
    route_auth_provider_mismatch:
      'Der Schlüsselplatz dieser Route hält das Geheimnis eines anderen Anbieters.',
    api_key_env_missing: 'Die Umgebungsvariable mit dem Schlüssel ist nicht gesetzt.',
    api_key_env_empty: 'Die Umgebungsvariable mit dem Schlüssel ist leer.',
    api_key_env_invalid: 'Die Umgebungsvariable mit dem Schlüssel enthält keinen gültigen Text.',
    route_credentials_missing:
      'Diese Route sagt nirgends, woher ihr Schlüssel kommt. Wähle einen Schlüsselplatz.',
    route_id_shadows_vendor:
      'Diese Route heißt wie ein Anbieter, darum werden dessen Modelle als diese Route gelesen. Gib ihr lieber einen anderen Namen.',
    inline_api_key:
      'Der Schlüssel steht für alle lesbar in der Datei. Besser liegt er in einem Schlüsselplatz.',
    field_not_used_by_driver: 'Der Treiber benutzt dieses Feld nicht.',
  },
})
