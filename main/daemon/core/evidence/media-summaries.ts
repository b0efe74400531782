/** The fields that may be kept of a media call, at every level including `full` (contract 15). Never content. */
const kept = {
  'openrouter-image-provider-request': ['model', 'modalities', 'config', 'prompt_length', 'image_count'],
  'openrouter-image-provider-response': ['model', 'choice_count', 'image_count', 'text_length'],
  'openrouter-audio-speech-provider-request': [
    'model',
    'voice',
    'format',
    'speed',
    'input_length',
    'instruction_length',
  ],
  'openrouter-audio-speech-provider-response': ['model', 'media_type', 'byte_length', 'sha256'],
  'openrouter-audio-transcription-provider-request': [
    'model',
    'file_name_sha256',
    'extension',
    'media_type',
    'byte_length',
    'sha256',
    'format',
    'prompt_length',
    'language',
  ],
  'openrouter-audio-transcription-provider-response': ['model', 'text_length'],
} as const

export type MediaArtifact = keyof typeof kept

/** What is told of a media call; whatever else it holds stays out. */
export const summariseMedia = (
  artifact: MediaArtifact,
  facts: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    kept[artifact].flatMap((name) => (facts[name] === undefined ? [] : [[name, facts[name]] as const])),
  )
