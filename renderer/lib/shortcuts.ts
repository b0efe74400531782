/** What a key press is made of, as the browser tells it. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  getModifierState(name: string): boolean
}

/**
 * Why keys can't be somebody's shortcut: `bare` types or moves, `types` makes a character on this keyboard, `editing`
 * and `window` have their meaning everywhere, `saves` belongs to editors, `desktop` never reaches the window.
 */
export type Reserved = 'bare' | 'types' | 'editing' | 'window' | 'saves' | 'desktop'

const modifierKeys = ['Control', 'Meta', 'Alt', 'AltGraph', 'Shift', 'CapsLock', 'Fn', 'NumLock', 'Dead']
const order = ['$mod', 'Control', 'Meta', 'Alt', 'Shift']
const spelled: Readonly<Record<string, string>> = { ' ': 'Space', ',': 'Comma', '.': 'Period' }

/** The keys in tinykeys' spelling, modifiers in one order; null as long as only modifiers are down. */
export function keysOfPress(press: KeyPress, platform: string): string | null {
  if (modifierKeys.includes(press.key) || press.code === '') return null
  const isMac = platform === 'darwin'
  const held = [
    (isMac ? press.metaKey : press.ctrlKey) ? '$mod' : '',
    isMac && press.ctrlKey ? 'Control' : '',
    !isMac && press.metaKey ? 'Meta' : '',
    press.altKey ? 'Alt' : '',
    press.shiftKey ? 'Shift' : '',
  ]
  return [...held.filter((name) => name !== ''), keyName(press)].join('+')
}

/** A letter by what it says; a character that needs another key with it by where it lies. */
function keyName({ key, code, altKey, shiftKey }: KeyPress): string {
  if (/^[a-z]$/i.test(key)) return key.toUpperCase()
  if (Object.hasOwn(spelled, key)) return spelled[key] ?? key
  if (key.length > 1) return key
  return altKey || shiftKey || key === '+' ? code : key
}

/** One spelling for the same keys, so that they can be compared. */
export function normalKeys(keys: string): string {
  const parts = keys.split(/(?<=[\w\]])\+/)
  const key = parts.pop() ?? ''
  const held = parts.toSorted((a, b) => order.indexOf(a) - order.indexOf(b))
  const bare = /^(?:Key([A-Z])|Digit(\d))$/.exec(key)
  return [
    ...held,
    bare?.[1] ?? bare?.[2] ?? spelled[key] ?? (key.length === 1 ? key.toUpperCase() : key),
  ].join('+')
}

export const areSameKeys = (one: string, other: string): boolean => normalKeys(one) === normalKeys(other)

const editing = [
  ...['A', 'C', 'V', 'X', 'Y', 'Z', 'Enter', 'Backspace', 'Delete', 'Home', 'End'].map(
    (key) => `$mod+${key}`,
  ),
  ...['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].map((key) => `$mod+${key}`),
  ...['V', 'Z', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].map(
    (key) => `$mod+Shift+${key}`,
  ),
]
const ofWindow = [
  '$mod+Q',
  '$mod+W',
  '$mod+R',
  '$mod+M',
  '$mod+0',
  '$mod+-',
  '$mod+Minus',
  '$mod+=',
  '$mod+Equal',
  'F11',
]
const onMac = ['$mod+H', '$mod+Alt+H', '$mod+Alt+I', '$mod+Control+F', '$mod+Shift+Equal']
const elsewhere = ['$mod+Shift+I', '$mod+Shift+R', '$mod+Shift+Equal', 'Alt+F4']

/** Whether something else needs these keys; `typed` is the press they come from, where there is one. */
export function reservedFor(keys: string, platform: string, typed?: KeyPress): Reserved | null {
  const isMac = platform === 'darwin'
  const normal = normalKeys(keys)
  const held = normal.split('+').slice(0, -1)
  const key = normal.slice(held.join('+').length + (held.length > 0 ? 1 : 0))
  const has = (name: string): boolean => held.includes(name)
  const isFunction = /^F\d{1,2}$/.test(key)
  if (typed?.getModifierState('AltGraph') === true) return 'types'
  if (has('Meta')) return 'desktop'
  if ((has('$mod') || has('Alt')) && key === 'Tab') return 'desktop'
  if (normal === '$mod+Alt+Delete' || (isMac && normal === '$mod+Space')) return 'desktop'
  if ([...ofWindow, ...(isMac ? onMac : elsewhere)].includes(normal)) return 'window'
  if (editing.includes(normal)) return 'editing'
  if (normal === '$mod+S') return 'saves'
  if (has('$mod') || has('Control') || isFunction) return key === 'Escape' ? 'bare' : null
  if (!has('Alt')) return 'bare'
  return isMac && key.length === 1 ? 'types' : ['Enter', 'Escape', 'Space'].includes(key) ? 'bare' : null
}

/** Keys of each command: a person's own choice, else the command's, unless somebody chose just these for another. */
export function keysInForce<Id extends string>(
  commands: readonly { readonly id: Id; readonly keys?: string }[],
  chosen: Readonly<Record<string, string>>,
): ReadonlyMap<Id, string> {
  const own = (id: string): string | undefined => (Object.hasOwn(chosen, id) ? chosen[id] : undefined)
  const taken = new Map<string, Id>()
  for (const { id } of commands) {
    const keys = own(id)
    if (keys && !taken.has(normalKeys(keys))) taken.set(normalKeys(keys), id)
  }
  return new Map(
    commands.map(({ id, keys = '' }) => {
      const wanted = own(id) ?? keys
      const owner = taken.get(normalKeys(wanted))
      return [id, owner === undefined || owner === id ? wanted : '']
    }),
  )
}
