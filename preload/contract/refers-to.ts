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
    const end = at + word.length
    // Two units each: a letter may take both.
    if (
      !endsInLetter.test(text.slice(Math.max(0, at - 2), at)) &&
      !beginsWithLetter.test(text.slice(end, end + 2))
    )
      return true
  }
  return false
}

const endsInLetter = /[\p{L}\p{N}\p{M}_]$/u
const beginsWithLetter = /^[\p{L}\p{N}\p{M}_]/u
