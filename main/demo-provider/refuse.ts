/** A refusal in shape A of API reference 1.4. */
export const refuse = (code: number, message: string, error_type: string): object => ({
  error: { code, message, metadata: { error_type } },
  user_id: null,
})

export const unknownModel = (id: string): object => ({
  error: {
    code: 400,
    message: `${id} is not a valid model ID`,
    metadata: { error_type: 'not_found' },
    availability: {
      code: 'model_not_found',
      retryable: false,
      requested_models: [id],
      docs_url: 'https://openrouter.ai/docs',
    },
  },
})

/** A model that something else is to be asked of. */
export const wrongEndpoint = (id: string): object => ({
  error: {
    code: 400,
    message: `${id} is not served by this endpoint`,
    metadata: { error_type: 'invalid_request' },
    availability: {
      code: 'wrong_endpoint',
      retryable: false,
      requested_models: [id],
      docs_url: 'https://openrouter.ai/docs',
    },
  },
})

/** Wanted is a kind of answer that the model does not give (API reference 3.6). */
export const noSuchOutput = (modalities: readonly unknown[]): object => ({
  error: {
    code: 404,
    message: `No endpoints found that support the requested output modalities: ${modalities.join(', ')}`,
    metadata: { error_type: 'not_found', failed_routing_step: 'Output Modalities' },
  },
  user_id: null,
})

export const noTools = (): object => refuse(404, 'No endpoints found that support tool use', 'not_found')
