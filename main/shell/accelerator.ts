const names: Readonly<Record<string, string>> = {
  $mod: 'CmdOrCtrl',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Backslash: '\\',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
  BracketLeft: '[',
  BracketRight: ']',
  Minus: '-',
  Equal: '=',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
}

/** The window's spelling of keys (`$mod+Shift+E`) as the native menu's; undefined where the menu has none. */
export function acceleratorOf(keys: string): string | undefined {
  const parts = keys
    .split(/(?<=[\w\]])\+/)
    .map((part) => names[part] ?? part.replace(/^(?:Key|Digit)(?=.$)/, ''))
  const isKnown = parts.every((part) =>
    /^(?:CmdOrCtrl|Control|Alt|Shift|[!-~]|F\d{1,2}|Up|Down|Left|Right|Space|Enter|Backspace|Delete|Insert|Home|End|PageUp|PageDown)$/.test(
      part,
    ),
  )
  return isKnown ? parts.join('+') : undefined
}
