import { describe, expect, test } from 'vitest'
import { callTools } from './calls'
import type { AskedMessage } from './respond'

const tools = ['generate_image', 'edit_image', 'emit_output', 'web_search', 'web_fetch'].map((name) => ({
  type: 'function',
  function: { name },
}))
const user = (content: unknown): AskedMessage => ({ role: 'user', content })
const shown = (words: string) =>
  user([
    { type: 'text', text: '[Picture asset_1: a.png (image/png)]' },
    { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
    { type: 'text', text: words },
  ])

/** The call as a client puts it together. */
function callOf(messages: readonly AskedMessage[], offered: unknown = tools) {
  const fragments = (callTools(messages, { tools: offered })?.tool_calls ?? []).flat() as unknown as {
    id?: string
    function: { name?: string; arguments: string }
  }[]
  const [first] = fragments
  if (!first) return undefined
  const input = JSON.parse(fragments.map((one) => one.function.arguments).join('')) as object
  return { id: first.id, name: first.function.name, input }
}
const ran = (name: string, output: unknown): readonly AskedMessage[] => [
  {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'c1', type: 'function', function: { name, arguments: '{}' } }],
  },
  { role: 'tool', tool_call_id: 'c1', content: JSON.stringify(output) },
]

describe('a model with tools', () => {
  test.each([
    'Draw a cat',
    'paint me the sea',
    'Please make a picture of a house',
    'create an image: fog',
    'Zeichne eine Katze',
    'Male mir einen Baum',
    'Erstelle ein Bild vom Meer',
    'I want a drawing of a horse',
  ])('draws: %s', (words) => {
    expect(callOf([user(words)])).toMatchObject({ name: 'generate_image', input: { prompt: words } })
  })

  test.each(['make the sky blue', 'remove the car', 'Mach es heller', 'black and white please'])(
    'edits: %s',
    (words) => {
      const input = { prompt: words, image_asset_ids: ['asset_1'] }
      expect(callOf([shown(words)])).toMatchObject({ name: 'edit_image', input })
    },
  )

  test.each(['Say "good night" with a calm voice', 'Speak this: good night', 'Sprich „good night“.'])(
    'speaks: %s',
    (words) => {
      const offered = [...tools, { type: 'function', function: { name: 'generate_audio' } }]
      expect(callOf([user(words)], offered)).toMatchObject({
        name: 'generate_audio',
        input: { input: 'good night' },
      })
      expect(callOf([user(words)])).toBeUndefined()
    },
  )

  test('searches and reads', () => {
    expect(callOf([user('Search the web for tide tables in Bern.')])).toMatchObject({
      name: 'web_search',
      input: { query: 'tide tables in Bern' },
    })
    expect(callOf([user('Suche im Netz nach Wetter')])?.input).toEqual({ query: 'Wetter' })
    expect(callOf([user('read https://example.com/a?b=1 and tell me')])).toMatchObject({
      name: 'web_fetch',
      input: { url: 'https://example.com/a?b=1' },
    })
  })

  test.each([
    'Hello',
    'What does the male bird do?',
    'Write some code',
    'What is in this picture?',
    'Make a table',
  ])('just answers: %s', (words) => {
    expect(callOf([user(words)])).toBeUndefined()
    expect(callOf([shown(words.replace('Make a table', 'What is this?'))])).toBeUndefined()
  })

  test('calls nothing that is not offered', () => {
    expect(callOf([user('Draw a cat')], [])).toBeUndefined()
    expect(callOf([user('Draw a cat')], tools.slice(1))).toBeUndefined()
    expect(callTools([user('Draw a cat')], {})).toBeUndefined()
  })
})

describe('after the result', () => {
  const assets = [{ asset_id: 'asset_7' }, { asset_id: 'asset_8' }]
  test('a picture is emitted with a sentence, and then words follow', () => {
    const begun = [user('Draw a cat'), ...ran('generate_image', { assets })]
    expect(callOf(begun)).toMatchObject({
      name: 'emit_output',
      input: {
        parts: [
          { type: 'text', text: 'Here it is.' },
          { type: 'asset', asset_id: 'asset_7' },
          { type: 'asset', asset_id: 'asset_8' },
        ],
      },
    })
    const emitted = [...begun, ...ran('emit_output', { content: 'Here it is.', parts: [], artifacts: [] })]
    expect(callTools(emitted, { tools })).toEqual({
      text: 'Say what should be different, and I’ll change it.',
    })
  })

  test('an error is said, pages and hits are told of', () => {
    const said = (name: string, output: unknown) =>
      callTools([user('x'), ...ran(name, output)], { tools })?.text
    expect(said('generate_image', { error: 'No route makes pictures.' })).toContain(
      'No route makes pictures.',
    )
    expect(said('web_search', { results: [{ title: 'Tides', url: 'https://t.example' }] })).toContain(
      '[Tides](https://t.example)',
    )
    expect(said('web_fetch', { body: '<p>Hello <b>there</b></p>' })).toContain('Hello there')
  })

  test('what was made can be changed without being shown again', () => {
    const before = [user('Draw a cat'), ...ran('generate_image', { assets })]
    const input = { prompt: 'Now make it brighter', image_asset_ids: ['asset_8'] }
    expect(callOf([...before, user(input.prompt)])).toMatchObject({ name: 'edit_image', input })
    expect(callOf([...before, user('Make me happy')])).toBeUndefined()
    expect(callOf([user('Now make it brighter')])).toBeUndefined()
  })

  test('a question after it begins anew', () => {
    const all = [user('Draw a cat'), ...ran('generate_image', { assets }), user('Draw a dog')]
    expect(callOf(all)).toMatchObject({ name: 'generate_image', input: { prompt: 'Draw a dog' } })
  })
})
