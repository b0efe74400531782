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

/** Bytes as they are, which belong to no call. */
export const bytePaths = {
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
