/**
 * Neighbours that may run at the same time stand together, everything else alone; one group runs after the other, in the
 * order in which the model asked.
 */
export function inGroups<T>(
  calls: readonly T[],
  isParallel: (call: T) => boolean,
): readonly (readonly T[])[] {
  const groups: T[][] = []
  let isOpen = false
  for (const call of calls) {
    const joins = isParallel(call)
    const last = groups.at(-1)
    if (joins && isOpen && last) last.push(call)
    else groups.push([call])
    isOpen = joins
  }
  return groups
}
