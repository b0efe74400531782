import { z } from 'zod'
import { takes } from './define'
import { SessionId } from './ids'

/** How a permission mode looks at a tool (contract 9.8). */
export const toolClasses = ['shell', 'write', 'read', 'media'] as const
export type ToolClass = (typeof toolClasses)[number]

/** What a call is at, while it runs. */
export const callStages = ['asking', 'generating', 'composing', 'storing', 'fetching'] as const
export type CallStage = (typeof callStages)[number]

export interface ToolView {
  readonly name: string
  readonly description: string
  readonly tool_class: ToolClass
  /** JSON schema of what goes in. */
  readonly parameters: { readonly [key: string]: unknown }
  /** Several may run at the same time. */
  readonly parallel: boolean
  readonly timeout_ms: number
}

export const toolCalls = {
  /** What a model is offered in a chat right now; for no chat, on the default route. */
  'tools.list': takes(() => z.strictObject({ session_id: SessionId.optional() })).returns<{
    readonly tools: readonly ToolView[]
  }>(),
}
