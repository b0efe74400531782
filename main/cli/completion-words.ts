import type { Argument, Command, Option } from 'commander'

/** What may stand in a place: fixed words, or what a shell asks for when it is needed. */
export type Choice =
  | { readonly is: 'words'; readonly words: readonly string[] }
  | { readonly is: 'asked'; readonly kind: AskedKind }
  | { readonly is: 'files' }
  | { readonly is: 'anything' }

/** Values that only a daemon knows. */
export const askedKinds = [
  'sessions',
  'runs',
  'assets',
  'routes',
  'models',
  'slots',
  'tools',
  'rules',
  'approvals',
] as const
export type AskedKind = (typeof askedKinds)[number]

export interface Word {
  readonly name: string
  readonly about: string
}

/** One command of the program, as completions need to know it. */
export interface Place {
  /** Words after `kheish`: empty, `sessions`, `sessions input`. */
  readonly path: string
  readonly commands: readonly Word[]
  readonly options: readonly (Word & { /** Absent: it takes no value. */ readonly value?: Choice })[]
  readonly operands: readonly Choice[]
  /** The last operand may be given again and again. */
  readonly isOpenEnded: boolean
}

/** The whole program, read off what commander holds. Hidden commands stay hidden. */
export function placesOf(command: Command, path = ''): readonly Place[] {
  const help = command.createHelp()
  const commands = help.visibleCommands(command).filter((each) => each.name() !== 'help')
  const options = help.visibleOptions(command)
  const own: Place = {
    path,
    commands: commands.map((each) => ({ name: each.name(), about: each.description() })),
    options: options.flatMap((option) => {
      const value = valueOf(option)
      const name = option.long ?? option.short ?? ''
      return [{ name, about: option.description, ...(value ? { value } : {}) }]
    }),
    operands: command.registeredArguments.map(operandOf),
    isOpenEnded: command.registeredArguments.at(-1)?.variadic ?? false,
  }
  const below = commands.flatMap((each) =>
    placesOf(each, path === '' ? each.name() : `${path} ${each.name()}`),
  )
  return [own, ...below]
}

const ofOption: Readonly<Record<string, Choice>> = {
  '--session': { is: 'asked', kind: 'sessions' },
  '--provider': { is: 'asked', kind: 'routes' },
  '--route': { is: 'asked', kind: 'routes' },
  '--default-route': { is: 'asked', kind: 'routes' },
  '--model': { is: 'asked', kind: 'models' },
  '--fallback-model': { is: 'asked', kind: 'models' },
  '--routes-file': { is: 'files' },
  '--from-file': { is: 'files' },
  '--token-file': { is: 'files' },
  '--run': { is: 'asked', kind: 'runs' },
  '--asset': { is: 'asked', kind: 'assets' },
  '--file': { is: 'files' },
  '--output': { is: 'files' },
  '--out': { is: 'files' },
  '--source': { is: 'files' },
  '--mask': { is: 'files' },
}
const ofArgument: Readonly<Record<string, Choice>> = {
  session: { is: 'asked', kind: 'sessions' },
  run: { is: 'asked', kind: 'runs' },
  asset: { is: 'asked', kind: 'assets' },
  route: { is: 'asked', kind: 'routes' },
  selector: { is: 'asked', kind: 'models' },
  model: { is: 'asked', kind: 'models' },
  slot: { is: 'asked', kind: 'slots' },
  tool: { is: 'asked', kind: 'tools' },
  rule: { is: 'asked', kind: 'rules' },
  approval: { is: 'asked', kind: 'approvals' },
  file: { is: 'files' },
}

function valueOf(option: Option): Choice | undefined {
  if (!option.required && !option.optional) return undefined
  if (option.argChoices) return { is: 'words', words: option.argChoices }
  return ofOption[option.long ?? ''] ?? { is: 'anything' }
}

function operandOf(argument: Argument): Choice {
  if (argument.argChoices) return { is: 'words', words: argument.argChoices }
  return ofArgument[argument.name()] ?? { is: 'anything' }
}
