import { daemonCalls } from '@contract/calls'
import { documentPath, eventsPath, readyPath } from '@contract/http'
import type { DaemonCallName } from '@contract/names'
import answerSchemas from './answer-schemas.json' with { type: 'json' }
import { bytePaths } from './openapi-bytes'
import { operationOf, type AnswerSchema } from './operation'
import { endpointOf } from './router'

/** The whole control plane as an OpenAPI 3.1 document, computed from the contract. */
export function openApiDocument(version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  const answers: Readonly<Record<string, AnswerSchema>> = answerSchemas.answers
  for (const name of Object.keys(daemonCalls) as DaemonCallName[]) {
    const { method, path } = endpointOf(name)
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(name, answers[name]) }
  }
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Kheish',
      version,
      description: 'What the daemon of one state root answers, on its local socket or a loopback port.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: 'http://localhost', description: 'control.sock in the state root, or the bound port' }],
    security: [{}, { token: [] }],
    paths: { ...paths, ...ownPaths, ...bytePaths },
    components: {
      schemas: { ...answerSchemas.schemas, Ready: ready },
      responses: {
        problem: {
          description: 'What went wrong, by code and domain (RFC 9457).',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Fault' } } },
        },
      },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'On a port only; the socket is its owner’s.' },
      },
    },
  }
}

const ready = {
  type: 'object',
  properties: { ready: { type: 'boolean' }, phase: { type: 'string' }, version: { type: 'string' } },
  required: ['ready', 'phase', 'version'],
}
const readyAnswer = { content: { 'application/json': { schema: { $ref: '#/components/schemas/Ready' } } } }
const problem = { $ref: '#/components/responses/problem' }
const text = { type: 'string' }

/** What belongs to no call. */
const ownPaths = {
  [readyPath]: {
    get: {
      operationId: 'ready',
      summary: 'Whether the daemon has its routes and serves; of keys and queues status knows more.',
      tags: ['control'],
      responses: {
        200: { description: 'It serves.', ...readyAnswer },
        503: { description: 'Not now; the phase says why.', ...readyAnswer },
        default: problem,
      },
    },
  },
  [documentPath]: {
    get: {
      operationId: 'document',
      summary: 'This document.',
      tags: ['control'],
      responses: {
        200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } },
        default: problem,
      },
    },
  },
  [eventsPath]: {
    get: {
      operationId: 'events',
      summary: 'What happens, as server-sent events.',
      description:
        'Each has an `id`, its type as `event` and itself as JSON `data` (DaemonEvent). `heartbeat`, `reset` and `end` (StreamNotes) are about the stream: after a `reset` ask for what you show. To go on after a break, send the last id.',
      tags: ['control'],
      parameters: [
        { name: 'after', in: 'query', description: 'As Last-Event-ID. Absent: from now on.', schema: text },
        {
          name: 'session_id',
          in: 'query',
          description: 'Only this chat, and what concerns everybody.',
          schema: text,
        },
        { name: 'Last-Event-ID', in: 'header', description: 'What came since is told first.', schema: text },
      ],
      responses: {
        200: { description: 'The stream.', content: { 'text/event-stream': { schema: text } } },
        default: problem,
      },
    },
  },
}
