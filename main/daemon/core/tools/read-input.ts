import { ToolError } from './tool-error'

type Given = Readonly<Record<string, unknown>>

/** A call's input as an object. Unknown keys are nobody's business (contract 9). Throws a `ToolError`. */
export function readObject(input: unknown): Given {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as Given
  throw new ToolError('The input must be a JSON object.')
}

/** Null counts as absent. */
const given = (input: Given, key: string): unknown =>
  Object.hasOwn(input, key) ? (input[key] ?? undefined) : undefined

export function readText(input: Given, key: string): string | undefined {
  const value = given(input, key)
  if (value === undefined || typeof value === 'string') return value
  throw new ToolError(`${key} must be a string.`)
}

export function readFlag(input: Given, key: string): boolean | undefined {
  const value = given(input, key)
  if (value === undefined || typeof value === 'boolean') return value
  throw new ToolError(`${key} must be true or false.`)
}

export function readWhole(input: Given, key: string): number | undefined {
  const value = given(input, key)
  if (value === undefined) return undefined
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw new ToolError(`${key} must be a whole number.`)
}

export function readTexts(input: Given, key: string): readonly string[] {
  const value = given(input, key) ?? []
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value
  throw new ToolError(`${key} must be a list of strings.`)
}

export function readObjects(input: Given, key: string): readonly Given[] {
  const value = given(input, key) ?? []
  if (Array.isArray(value)) return value.map((one) => readObject(one))
  throw new ToolError(`${key} must be a list of objects.`)
}
