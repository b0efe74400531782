import { refuse } from './refuse'

/** A recording as it was sent, in either form. */
export interface Upload {
  readonly model: string
  readonly format: string
  readonly bytes: Buffer
  readonly response_format?: string
  readonly isForm: boolean
}

/** A form's file, as `readBody` keeps it. */
export interface FormFile {
  readonly name: string
  readonly type: string
  readonly base64: string
}

const zod = (path: string, message: string) => ({
  success: false,
  error: {
    name: 'ZodError',
    message: JSON.stringify([{ code: 'invalid_type', path: path.split('.'), message }]),
  },
})

/** The endpoint's own check answers in the shape of API reference 1.4 C. */
export function readUpload(body: unknown): Upload | { readonly refused: object } {
  const given = Object(body) as Record<string, unknown>
  const model = given['model']
  if (typeof model !== 'string' || model === '') return { refused: zod('model', 'Required') }
  const response_format = given['response_format']
  const more = typeof response_format === 'string' ? { response_format } : {}
  if (given['form'] === true) {
    const file = given['file'] as FormFile | undefined
    if (!file) return { refused: zod('file', 'Required') }
    const format = /\.(\w+)$/.exec(file.name)?.[1] ?? file.type.replace(/^audio\/(x-)?/, '')
    return { model, format, bytes: Buffer.from(file.base64, 'base64'), isForm: true, ...more }
  }
  const audio = Object(given['input_audio']) as Record<string, unknown>
  const { data, format } = audio
  if (typeof data !== 'string' || data === '') return { refused: zod('input_audio.data', 'Required') }
  if (typeof format !== 'string' || format === '') return { refused: zod('input_audio.format', 'Required') }
  if (data.startsWith('data:'))
    return { refused: refuse(400, 'input_audio.data must be base64, not a data URL', 'invalid_request') }
  return { model, format, bytes: Buffer.from(data, 'base64'), isForm: false, ...more }
}
