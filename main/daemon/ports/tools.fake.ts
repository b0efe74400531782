import type { Decision } from '@contract/permissions'
import type { ToolView } from '@contract/tools'
import type { Partials } from './assets'
import type { ImageService } from './images'
import type { Tool, Toolbox, ToolCall, ToolResult } from './tools'

export interface FakeTools {
  readonly toolbox: Toolbox
  readonly images: ImageService
  readonly partials: Partials
  /** Allows everything. */
  readonly permit: (run: unknown, tool: ToolView) => Decision
}

/** A tool that does what it is told to. */
export const fakeTool = (
  name: string,
  run: (input: unknown, call: ToolCall) => Promise<ToolResult> | ToolResult,
  more: Partial<ToolView> = {},
): Tool => ({
  view: {
    name,
    description: `What ${name} does.`,
    tool_class: 'read',
    parameters: { type: 'object', properties: {} },
    parallel: true,
    timeout_ms: 60_000,
    ...more,
  },
  run: async (input, call) => run(input, call),
})

/** All of them visible, whatever the model. */
export function fakeTools(...tools: readonly Tool[]): FakeTools {
  const lacking = () => Promise.reject(new Error('nothing makes pictures here'))
  return {
    toolbox: { visible: () => tools, find: (name) => tools.find(({ view }) => view.name === name) },
    images: {
      candidates: () => [],
      refusal: () => undefined,
      make: lacking,
      models: () => [],
      versions: () => [],
    },
    permit: (_run, { tool_class }) => ({ behaviour: 'allow', mode: 'default', tool_class }),
    partials: { show: (call) => `asset://partial/${call}`, get: () => undefined, drop: () => undefined },
  }
}
