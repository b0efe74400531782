import type { ModelView } from '@contract/models'

export type Trait = 'sees' | 'draws' | 'speaks' | 'tools' | 'thinks'

/** What a model says it can do (API reference 6.1). Unknown values are simply not shown. */
export function traitsOf(view: ModelView): readonly Trait[] {
  const found: Trait[] = []
  if (view.input_modalities.includes('image')) found.push('sees')
  if (view.output_modalities.includes('image')) found.push('draws')
  if (view.output_modalities.includes('audio') || view.output_modalities.includes('speech'))
    found.push('speaks')
  if (view.supports.includes('tools')) found.push('tools')
  if (view.supports.includes('reasoning') || view.supports.includes('include_reasoning')) found.push('thinks')
  return found
}
