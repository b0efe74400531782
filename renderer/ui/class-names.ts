import { type ClassValue, clsx } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

/** Our type scale has sizes that tailwind-merge would take for colours. */
const merge = extendTailwindMerge({ extend: { theme: { text: ['2xs'] } } })

/** Joins class names; of two that set the same thing, the later wins. */
export const classNames = (...values: readonly ClassValue[]): string => merge(clsx(values))
