/** What a model is told of a call that can't be carried out (contract 9): one sentence that says what to change. */
export class ToolError extends Error {
  override readonly name = 'ToolError'
}
