import type { Tool, Toolbox } from '../ports/tools'

/** A tool, and for which routes and models it is there. */
export interface Offered {
  readonly tool: Tool
  isVisible(choice: { readonly route_id: string; readonly model: string }): boolean
}

/** The tools there are, in the order in which models are told of them. */
export function createToolbox(offered: readonly Offered[]): Toolbox {
  return {
    visible: (choice) => offered.filter((one) => one.isVisible(choice)).map(({ tool }) => tool),
    find: (name) => offered.find(({ tool }) => tool.view.name === name)?.tool,
  }
}
