import type { ToolView } from '@contract/tools'
import type { Tool, Toolbox } from '../ports/tools'

interface Choice {
  readonly route_id: string
  readonly model: string
}

/** A tool, and for which routes and models it is there. */
export interface Offered {
  readonly tool: Tool
  isVisible(choice: Choice): boolean
  /** What is told of it there, where that is more than its own view. */
  viewFor?(choice: Choice): ToolView
}

/** The tools there are, in the order in which models are told of them. */
export function createToolbox(offered: readonly Offered[]): Toolbox {
  return {
    visible: (choice) => offered.filter((one) => one.isVisible(choice)).map((one) => seenBy(one, choice)),
    find: (name) => offered.find(({ tool }) => tool.view.name === name)?.tool,
  }
}

const seenBy = ({ tool, viewFor }: Offered, choice: Choice): Tool =>
  viewFor ? { view: viewFor(choice), run: (input, call) => tool.run(input, call) } : tool
