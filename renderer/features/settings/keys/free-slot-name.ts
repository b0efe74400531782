/** A name that no slot has yet, in the usual form `<family>.<label>` (contract 4.2). */
export function freeSlotName(taken: readonly string[]): string {
  const names = ['openrouter.primary', 'openrouter.work', 'openrouter.second']
  const free = names.find((name) => !taken.includes(name))
  if (free !== undefined) return free
  let number = 3
  while (taken.includes(`openrouter.key-${number}`)) number += 1
  return `openrouter.key-${number}`
}
