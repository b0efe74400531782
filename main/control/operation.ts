import { daemonCalls } from '@contract/calls'
import type { DaemonCallName } from '@contract/names'
import { z } from 'zod'
import { endpointOf } from './router'

/** What is known of an answer from its type; without a schema there is nothing to answer. */
export interface AnswerSchema {
  readonly description?: string
  readonly schema?: object
}

type Schema = Readonly<Record<string, unknown>>

/** One call as an OpenAPI operation: its path's fields, its query or body, its answer and its faults. */
export function operationOf(name: DaemonCallName, answer: AnswerSchema | undefined): object {
  const { method, fields } = endpointOf(name)
  const { properties, required } = inputOf(name)
  const isInBody = method !== 'GET' && method !== 'DELETE'
  const rest = Object.entries(properties).filter(([field]) => !fields.includes(field))
  const inPath = fields.map((field) => ({
    name: field,
    in: 'path',
    required: true,
    schema: properties[field] ?? {},
  }))
  const inQuery = isInBody
    ? []
    : rest.map(([field, schema]) => ({
        name: field,
        in: 'query',
        required: required.includes(field),
        ...(isPlain(schema) ? { schema } : { content: { 'application/json': { schema } } }),
      }))
  const needed = required.filter((field) => !fields.includes(field))
  const body = {
    type: 'object',
    properties: Object.fromEntries(rest),
    ...(needed.length > 0 ? { required: needed } : {}),
    additionalProperties: false,
  }
  return {
    operationId: name,
    tags: [name.split('.')[0]],
    ...(answer?.description ? { description: answer.description } : {}),
    ...(fields.length + inQuery.length > 0 ? { parameters: [...inPath, ...inQuery] } : {}),
    ...(isInBody && rest.length > 0
      ? { requestBody: { required: needed.length > 0, content: { 'application/json': { schema: body } } } }
      : {}),
    responses: {
      ...(answer?.schema
        ? { 200: { description: 'Done.', content: { 'application/json': { schema: answer.schema } } } }
        : { 204: { description: 'Done.' } }),
      default: { $ref: '#/components/responses/problem' },
    },
  }
}

/** The input's fields as JSON schemas, as they are given: what has a default may be left out. */
export function inputOf(name: DaemonCallName): {
  readonly properties: Readonly<Record<string, Schema>>
  readonly required: readonly string[]
} {
  const { properties = {}, required = [] } = z.toJSONSchema(daemonCalls[name].input, {
    io: 'input',
    unrepresentable: 'any',
  })
  return { properties: properties as Record<string, Schema>, required }
}

/** Stands in a query as it is. */
const isPlain = ({ type }: Schema): boolean =>
  type === 'string' || type === 'number' || type === 'integer' || type === 'boolean'
