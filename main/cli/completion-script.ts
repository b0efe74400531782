import type { Choice, Place, Word } from './completion-words'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** What a shell reads to complete `kheish`. Names of commands and options are in it; ids and models are asked for. */
export function completionScript(shell: Shell, places: readonly Place[]): string {
  switch (shell) {
    case 'bash':
      return bash(places)
    case 'zsh':
      return zsh(places)
    case 'fish':
      return fish(places)
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** A line of a `case`: the pattern sets `REPLY`. */
const when = (pattern: string, reply: string, end = '') =>
  `    ${quoted(pattern)}${end}) REPLY=${quoted(reply)} ;;\n`

const func = (name: string, cases: readonly string[]): string =>
  `${name}() {\n  REPLY=''\n  case "$1" in\n${cases.join('')}  esac\n}\n`

/** Fixed words line by line; `@kind` is asked for. */
const replyOf = (choice: Choice): string => {
  if (choice.is === 'words') return choice.words.join('\n')
  return choice.is === 'asked' ? `@${choice.kind}` : `@${choice.is}`
}

/** What both POSIX-like shells know: which words there are where, and what stands in their place. */
function tables(places: readonly Place[], line: (word: Word) => string): string {
  const words = (list: readonly Word[]) => list.map(line).join('\n')
  return [
    func(
      '_kheish_commands',
      places.flatMap(({ path, commands }) => (commands.length > 0 ? [when(path, words(commands))] : [])),
    ),
    func(
      '_kheish_options',
      places.map(({ path, options }) => when(path, words(options))),
    ),
    func(
      '_kheish_value',
      places.flatMap(({ path, options }) =>
        options.flatMap(({ name, value }) => (value ? [when(`${path} ${name}`, replyOf(value))] : [])),
      ),
    ),
    func(
      '_kheish_operand',
      places.flatMap(({ path, operands, isOpenEnded }) =>
        operands.map((operand, at) =>
          isOpenEnded && at === operands.length - 1
            ? when(`${path} `, replyOf(operand), '*')
            : when(`${path} ${at}`, replyOf(operand)),
        ),
      ),
    ),
  ].join('')
}

const bash = (
  places: readonly Place[],
) => `# Completion of kheish for bash. In ~/.bashrc: source <(kheish completions bash)
${tables(places, ({ name }) => name)}
_kheish() {
  local line=\${COMP_LINE:0:COMP_POINT} IFS=$' \\t\\n' REPLY cur='' at='' expects='' operand=0 word
  local -a said
  read -ra said <<<"$line"
  local last=$((\${#said[@]} - 1))
  case $line in *[[:space:]]) ;; *) cur=\${said[last]}; unset "said[$last]" ;; esac
  for word in "\${said[@]:1}"; do
    if [[ $expects ]]; then expects=''; continue; fi
    case $word in
      -*) _kheish_value "$at $word"; expects=\${REPLY:+"$at $word"} ;;
      *)
        _kheish_commands "$at"
        if [[ $'\\n'"$REPLY"$'\\n' == *$'\\n'"$word"$'\\n'* ]]; then at="\${at:+$at }$word"
        else operand=$((operand + 1)); fi ;;
    esac
  done
  if [[ $expects ]]; then _kheish_value "$expects"
  elif [[ $cur == -* ]]; then _kheish_options "$at"
  else _kheish_commands "$at"; [[ $REPLY ]] || _kheish_operand "$at $operand"; fi
  COMPREPLY=()
  case $REPLY in
    @files) compopt -o filenames 2>/dev/null; IFS=$'\\n'; COMPREPLY=($(compgen -f -- "$cur")); return ;;
    @anything) return ;;
    @*) REPLY=$("\${said[0]}" complete-values "\${REPLY#@}" 2>/dev/null) ;;
  esac
  # Bash takes a colon for the end of a word and puts back only what stands behind it.
  local before=\${cur%"\${cur##*:}"}
  while IFS= read -r word; do
    if [[ $word && $word == "$cur"* ]]; then COMPREPLY+=("\${word#"$before"}"); fi
  done <<<"$REPLY"
}
complete -F _kheish kheish
`

const zsh = (places: readonly Place[]) => `#compdef kheish
# Completion of kheish for zsh. In ~/.zshrc, after compinit: source <(kheish completions zsh)
${tables(places, ({ name, about }) => `${name}:${about.replaceAll('\n', ' ')}`)}
_kheish() {
  local REPLY at='' expects='' word
  local -a found
  integer operand=0
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [[ -n $expects ]]; then expects=''; continue; fi
    case $word in
      -*) _kheish_value "$at $word"; expects=\${REPLY:+"$at $word"} ;;
      *)
        _kheish_commands "$at"
        if [[ $'\\n'$REPLY == *$'\\n'"$word:"* ]]; then at="\${at:+$at }$word"
        else operand+=1; fi ;;
    esac
  done
  if [[ -n $expects ]]; then _kheish_value "$expects"
  elif [[ $words[CURRENT] == -* ]]; then
    _kheish_options "$at"; found=("\${(@f)REPLY}"); _describe option found; return
  else
    _kheish_commands "$at"
    if [[ -n $REPLY ]]; then found=("\${(@f)REPLY}"); _describe command found; return; fi
    _kheish_operand "$at $operand"
  fi
  case $REPLY in
    '' | @anything) return ;;
    @files) _files; return ;;
    @*) REPLY=$("$words[1]" complete-values "\${REPLY#@}" 2>/dev/null) ;;
  esac
  found=("\${(@f)REPLY}")
  [[ -n $REPLY ]] && compadd -a found
}
if [[ $funcstack[1] == _kheish ]]; then _kheish "$@"; else compdef _kheish kheish; fi
`

function fish(places: readonly Place[]): string {
  const lines = places.flatMap(({ path, commands, options, operands, isOpenEnded }) => {
    const here = `-n ${quoted(`__kheish_at ${quoted(path)}`)}`
    return [
      ...commands.map(({ name, about }) => `complete -c kheish ${here} -a ${name} -d ${quoted(about)}\n`),
      ...options.map(({ name, about, value }) => {
        const flag = name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`
        return `complete -c kheish ${here} ${flag}${value ? ` ${fishValue(value)}` : ''} -d ${quoted(about)}\n`
      }),
      ...operands.flatMap((operand, at) => {
        const isLast = isOpenEnded && at === operands.length - 1
        const there = isLast ? here : `-n ${quoted(`__kheish_at ${quoted(path)} ${at}`)}`
        const value = fishOperand(operand)
        return value ? [`complete -c kheish ${there} ${value}\n`] : []
      }),
    ]
  })
  const takers = places.flatMap(({ path, options }) =>
    options.flatMap(({ name, value }) => (value ? [quoted(`${path} ${name}`)] : [])),
  )
  const paths = places.map(({ path }) => quoted(path))
  return `# Completion of kheish for fish: kheish completions fish > ~/.config/fish/completions/kheish.fish
set -g __kheish_paths ${paths.join(' ')}
set -g __kheish_takers ${takers.join(' ')}
function __kheish_at
  set -l said (commandline -opc)
  set -l at ''
  set -l operand 0
  set -l expects 0
  for word in $said[2..-1]
    if test $expects = 1
      set expects 0
    else if string match -q -- '-*' $word
      contains -- "$at $word" $__kheish_takers; and set expects 1
    else if contains -- (string trim "$at $word") $__kheish_paths
      set at (string trim "$at $word")
    else
      set operand (math $operand + 1)
    end
  end
  test "$at" = "$argv[1]"; or return 1
  test (count $argv) = 1; or test $operand = $argv[2]
end
complete -c kheish -f
${lines.join('')}`
}

function fishValue(value: Choice): string {
  if (value.is === 'files') return '-r -F'
  return `-x${value.is === 'anything' ? '' : ` -a ${quoted(fishWords(value))}`}`
}

const fishOperand = (operand: Choice): string | undefined => {
  if (operand.is === 'anything') return undefined
  return operand.is === 'files' ? '-F' : `-a ${quoted(fishWords(operand))}`
}

const fishWords = (choice: Choice): string => {
  if (choice.is === 'words') return choice.words.join(' ')
  return choice.is === 'asked' ? `(kheish complete-values ${choice.kind} 2>/dev/null)` : ''
}
