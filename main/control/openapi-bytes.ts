import { byteRoles, uploadPath, type ByteRole } from '@contract/http'
import { z } from 'zod'
import { Upload } from './serve-bytes'

const text = { type: 'string' }
const binary = { '*/*': { schema: { type: 'string', format: 'binary' } } }
const problem = { $ref: '#/components/responses/problem' }
const asset = { 'application/json': { schema: { $ref: '#/components/schemas/AssetView' } } }

const about: Readonly<Record<ByteRole, string>> = {
  raw: 'The stored bytes of an asset.',
  text: 'The text derived from an asset.',
  preview: 'The first page of a document as a picture.',
  thumbnail: 'A small picture of it.',
}

const { properties = {}, required = [] } = z.toJSONSchema(Upload)

/** One way out: GET, or HEAD for what would be said of it. */
const download = (role: ByteRole, isHead: boolean) => ({
  operationId: isHead ? `bytes.${role}.head` : `bytes.${role}`,
  summary: about[role],
  description: 'Length and digest were checked before the first byte. One range is answered as a part.',
  tags: ['assets'],
  parameters: [
    { name: 'asset_id', in: 'path', required: true, schema: text },
    { name: 'Range', in: 'header', description: 'For instance bytes=0-1023.', schema: text },
  ],
  responses: {
    200: { description: 'All of it.', ...(isHead ? {} : { content: binary }) },
    206: { description: 'A part of it.', ...(isHead ? {} : { content: binary }) },
    416: { description: 'The range begins behind the end; Content-Range says where that is.' },
    default: problem,
  },
})

/** One way in for sound. */
const put = (said: {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly parameters: readonly object[]
  readonly content: object
}) => ({
  put: {
    operationId: said.operationId,
    summary: said.summary,
    description: said.description,
    tags: ['recordings'],
    parameters: [
      { name: 'recording_id', in: 'path', required: true, schema: text },
      { name: 'segment', in: 'path', required: true, schema: { type: 'integer' } },
      ...said.parameters,
    ],
    requestBody: { required: true, content: said.content },
    responses: { 204: { description: 'It is on the disk.' }, default: problem },
  },
})

/** Bytes as they are, which belong to no call. */
export const bytePaths = {
  '/v1/recordings/{recording_id}/segments/{segment}/sound': put({
    operationId: 'bytes.sound',
    summary: 'A piece of a dictation: 16-bit little-endian mono at 16 kHz.',
    description: 'Answered once it is on the disk. A repeat is harmless, a hole is refused.',
    parameters: [{ name: 'from_sample', in: 'query', required: true, schema: { type: 'integer' } }],
    content: { 'audio/l16': binary['*/*'] },
  }),
  '/v1/recordings/{recording_id}/segments/{segment}/bytes': put({
    operationId: 'bytes.segment',
    summary: 'A segment of a dictation as it is to be kept, in place of its pieces.',
    description: 'Before recordings.endSegment.',
    parameters: [],
    content: { 'audio/webm': binary['*/*'], 'audio/wav': binary['*/*'] },
  }),
  [uploadPath]: {
    post: {
      operationId: 'bytes.upload',
      summary: 'Takes a file in; its bytes are the body, up to 64 MiB.',
      description: 'Whoever goes away before the answer takes the import back. Faults as of assets.import.',
      tags: ['assets'],
      parameters: Object.entries(properties).map(([name, schema]) => ({
        name,
        in: 'query',
        required: required.includes(name),
        schema,
      })),
      requestBody: { required: true, content: binary },
      responses: { 200: { description: 'Done.', content: asset }, default: problem },
    },
  },
  ...Object.fromEntries(
    byteRoles.map((role) => [
      `/v1/assets/{asset_id}/${role}`,
      { get: download(role, false), head: download(role, true) },
    ]),
  ),
}
