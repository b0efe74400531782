/**
 * Whether a person's text names a file: its id, or its name with or without the ending, as words of their own and in
 * any case. Names of fewer than three characters are never meant.
 */
export function refersTo(
  text: string,
  asset: { readonly asset_id: string; readonly file_name: string },
): boolean {
  const said = text.toLowerCase()
  const name = asset.file_name.toLowerCase()
  const stem = name.replace(/\.[^.]{1,5}$/, '')
  return [asset.asset_id.toLowerCase(), name, stem].some((word) => word.length >= 3 && hasWord(said, word))
}

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isLetter(text[at - 1]) && !isLetter(text[at + word.length])) return true
  }
  return false
}

const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}_]/u.test(character)
