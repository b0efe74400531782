import i18next from 'i18next'
import { useSyncExternalStore } from 'react'

export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

export interface Words {
  readonly [key: string]: string | Words
}
/** The same keys, other texts. */
export type SameWords<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameWords<T[K]> }
type Singular<K extends string> =
  K extends `${infer Stem}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other'}` ? Stem : K
/** `a.b.c` for every text; a plural is named without its ending. */
export type WordKey<T> = {
  [K in keyof T & string]: T[K] extends string ? Singular<K> : `${K}.${WordKey<T[K]>}`
}[keyof T & string]

export type Values = { readonly [name: string]: string | number }
/** Answers the text in the language in force; `count` picks the plural. */
export type Say<T> = (key: WordKey<T>, values?: Values) => string

/** A catalogue that was added: what `useWords` and `say` take. */
export interface Catalogue<T> {
  readonly namespace: string
  /** Never there at run time; carries the keys. */
  readonly keys?: WordKey<T>
  readonly words: T
}

void i18next.init({
  lng: 'en',
  fallbackLng: 'en',
  supportedLngs: [...languages],
  ns: [],
  resources: {},
  interpolation: { escapeValue: false },
  returnNull: false,
  initAsync: false,
})

/** Adds a feature's texts. German has every key that English has, or it does not compile. */
export function addWords<const T extends Words>(
  namespace: string,
  words: { readonly en: T; readonly de: SameWords<T> },
): Catalogue<T> {
  // Taken as they are: nobody changes them.
  for (const language of languages)
    i18next.addResourceBundle(language, namespace, words[language], false, true, { skipCopy: true })
  return { namespace, words: words.en }
}

/** For components: follows a change of language. The function is the same one until then. */
export function useWords<T>(catalogue: Catalogue<T>): Say<T> {
  const language = useSyncExternalStore(onLanguage, languageInForce, languageInForce)
  return sayIn(language, catalogue.namespace)
}

const languageInForce = (): string => i18next.language

function onLanguage(changed: () => void): () => void {
  i18next.on('languageChanged', changed)
  return () => i18next.off('languageChanged', changed)
}

type SayAny = (key: string, values?: Values) => string
const sayers = new Map<string, SayAny>()

/** Every row of a long list asks for the same words; i18next takes too long to look them up each time. */
function sayIn(language: string, namespace: string): SayAny {
  const key = `${language} ${namespace}`
  const known = sayers.get(key)
  if (known) return known
  const look = i18next.getFixedT(language, namespace) as unknown as SayAny // Its typed keys would need one catalogue.
  const texts = new Map<string, string>()
  const sayer: SayAny = (name, values) => {
    if (values) return look(name, values)
    const kept = texts.get(name)
    if (kept !== undefined) return kept
    const text = look(name)
    texts.set(name, text)
    return text
  }
  sayers.set(key, sayer)
  return sayer
}

/** For everything else: the language in force at the time of asking. */
export function say<T>(catalogue: Catalogue<T>): Say<T> {
  return i18next.getFixedT(null, catalogue.namespace) as unknown as Say<T> // as above
}

/** `system` follows the desktop, as far as there is a catalogue. */
export function setLanguage(choice: 'system' | Language, desktop: readonly string[]): Promise<unknown> {
  return i18next.changeLanguage(choice === 'system' ? pickLanguage(desktop) : choice)
}

/** The first language of the list that there is a catalogue for; else English. */
export function pickLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const known = languages.find((language) => tag.toLowerCase().split('-')[0] === language)
    if (known) return known
  }
  return 'en'
}

/** For `Intl`: the person's own regional form of the language in force. */
export function formatLocale(desktop: readonly string[] = navigatorLanguages()): string {
  const language = i18next.resolvedLanguage ?? 'en'
  return desktop.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language
}

const navigatorLanguages = (): readonly string[] =>
  typeof navigator === 'undefined' ? [] : navigator.languages
