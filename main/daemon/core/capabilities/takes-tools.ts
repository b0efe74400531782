import type { ModelView } from '@contract/models'

/** Whether a model may be offered tools: the catalogue says that it takes them, or says nothing of what it takes. */
export const takesTools = (entry: Pick<ModelView, 'supports'> | undefined): boolean =>
  entry === undefined || entry.supports.length === 0 || entry.supports.includes('tools')

/** Whether a field may be sent: one that no upstream takes can cost the answer (`require_parameters`). */
export const takesField = (entry: Pick<ModelView, 'supports'> | undefined, field: string): boolean =>
  entry === undefined || entry.supports.length === 0 || entry.supports.includes(field)
