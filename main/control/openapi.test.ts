import { byteRoles, endpoints, uploadPath } from '@contract/http'
import { faultCodes } from '@contract/fault'
import type { DaemonCallName } from '@contract/names'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import axios from 'axios'
import OpenAPIClientAxios, { type Document } from 'openapi-client-axios'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fakeAssetDoor } from '../daemon/ports/asset-door.fake'
import type { House } from '../daemon/testing'
import { connectControl } from './connect'
import { driveEveryCall, quietHouse, type Asked } from './every-call.suite'
import { openApiDocument } from './openapi'
import { openControl, type Control } from './open-control'
import { endpointOf } from './router'

const document = openApiDocument('1.2.3') as {
  paths: Record<string, Record<string, { operationId: string; parameters?: { name: string; in: string }[] }>>
  components: { schemas: Record<string, object> }
}

let house: House
let control: Control
beforeAll(async () => {
  house = await quietHouse()
  const daemon = { ...house.daemon(), assets: fakeAssetDoor() }
  control = await openControl({ daemon, stateRoot: house.stateRoot, version: '1.2.3' })
})
afterAll(async () => {
  await control.stop()
  await house.close()
})

describe('the document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  test('has every call at its place, and the fields of its path', () => {
    for (const name of Object.keys(endpoints) as DaemonCallName[]) {
      const { method, path, fields } = endpointOf(name)
      const operation = document.paths[path]?.[method.toLowerCase()]
      expect(operation?.operationId, name).toBe(name)
      const inPath = operation?.parameters?.filter((each) => each.in === 'path').map((each) => each.name)
      expect(inPath ?? []).toEqual(fields)
    }
    expect(new Set(Object.values(endpoints)).size).toBe(Object.values(endpoints).length)
  })

  test('has the bytes beside the calls, in and out', () => {
    expect(document.paths[uploadPath]?.['post']?.operationId).toBe('bytes.upload')
    expect(document.paths[uploadPath]?.['post']?.parameters?.map(({ name }) => name)).toEqual([
      'file_name',
      'media_type',
      'import_id',
    ])
    for (const what of ['sound', 'bytes'])
      expect(
        Object.keys(document.paths[`/v1/recordings/{recording_id}/segments/{segment}/${what}`] ?? {}),
      ).toEqual(['put'])
    for (const role of byteRoles)
      expect(Object.keys(document.paths[`/v1/assets/{asset_id}/${role}`] ?? {})).toEqual(['get', 'head'])
  })

  test('knows every fault code', () => {
    const text = JSON.stringify(document.components.schemas['Fault'])
    for (const code of faultCodes) expect(text).toContain(`"${code}"`)
  })
})

describe('real answers', () => {
  let asked: readonly Asked[] = []
  beforeAll(async () => {
    const client = await connectControl(house.stateRoot)
    if (!client) throw new Error('nobody serves')
    asked = await driveEveryCall(house, (name, input) => client.ask(name, input as never))
    client.close()
  }, 60_000)

  test('are of the shapes that the document says, with nothing beside', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true })
    ajv.addSchema({ $id: 'kheish:', ...(closed(document) as object) })
    const check = (pointer: string, value: unknown) => {
      const validate = ajv.getSchema(`kheish:#${pointer}`)
      if (!validate) throw new Error(`no schema at ${pointer}`)
      return validate(value) ? [] : validate.errors
    }
    for (const { name, answer } of asked) {
      const { method, path } = endpointOf(name)
      const place = `/paths/${path.replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')}/${method.toLowerCase()}/responses`
      if (!answer.ok) expect(check('/components/schemas/Fault', answer.fault), name).toEqual([])
      else if (answer.value !== undefined)
        expect(check(`${place}/200/content/application~1json/schema`, answer.value), name).toEqual([])
    }
    expect(check('/components/schemas/SessionView', { session_id: 1, surprise: true })).toHaveLength(9)
    for (const event of house.events)
      expect(check('/components/schemas/DaemonEvent', event), event.type).toEqual([])
  })
})

/** A stranger's client, made from nothing but the document. */
test('an outside client generated from the document works', async () => {
  const axiosConfigDefaults = { socketPath: control.address, validateStatus: () => true }
  const { data } = await axios.get<Document>('http://localhost/v1/openapi.json', axiosConfigDefaults)
  const outside = new OpenAPIClientAxios({ definition: data, axiosConfigDefaults })
  const client = await outside.init()
  const call = async (id: string, params: object | null = null, body?: object | string) => {
    const operation = client[id as keyof typeof client] as (
      params: object | null,
      body?: object | string,
    ) => Promise<{ status: number; data: unknown; headers: object }>
    return operation(params, body)
  }
  const made = await call('sessions.create', null, { title: 'From outside' })
  expect(made).toMatchObject({ status: 200, data: { title: 'From outside' } })
  const { session_id } = made.data as { session_id: string }
  const ran = await call(
    'sessions.input',
    { session_id },
    { idempotency_key: 'outside', content: 'Hello from outside' },
  )
  expect(ran).toMatchObject({ status: 200, data: { run: { status: 'completed', session_id } } })
  expect(await call('sessions.list', { limit: 3 })).toMatchObject({ data: { total: expect.any(Number) } })
  expect(await call('sessions.markSeen', { session_id }, {})).toMatchObject({ status: 204 })
  expect(await call('sessions.delete', { session_id })).toMatchObject({ status: 200 })
  const kept = await call('bytes.upload', { file_name: 'a.txt' }, 'from outside')
  expect(kept).toMatchObject({ status: 200, data: { file_name: 'a.txt', byte_length: 12 } })
  const { asset_id } = kept.data as { asset_id: string }
  expect(await call('bytes.raw', { asset_id })).toMatchObject({ status: 200, data: 'from outside' })
  expect(await call('bytes.raw', { asset_id: 'ghost' })).toMatchObject({
    status: 404,
    data: { code: 'asset_not_found' },
  })
  expect(await call('runs.get', { run_id: 'ghost' })).toMatchObject({
    status: 404,
    headers: { 'content-type': 'application/problem+json' },
    data: { code: 'run_not_found', domain: 'runs' },
  })
})

/** Every object with named fields takes no others. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed)
  if (typeof value !== 'object' || value === null) return value
  const copy = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, closed(each)]))
  return 'properties' in value &&
    'type' in value &&
    value.type === 'object' &&
    !('additionalProperties' in value)
    ? { ...copy, additionalProperties: false }
    : copy
}
