import { createParser } from 'eventsource-parser'

/** One streamed answer by fetch and the same SSE parser as the driver's: every payload parsed, nothing kept. */
export async function readBareStream(prefix: string): Promise<void> {
  const response = await fetch(`${prefix}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-or-v1-bench', 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'openai/gpt-5.4-mini',
      stream: true,
      messages: [{ role: 'user', content: 'A long answer, please.' }],
    }),
  })
  if (!response.body) throw new Error('no body')
  let pieces = 0
  const parser = createParser({
    onEvent: ({ data }) => {
      if (data !== '[DONE]') pieces += Object.keys(JSON.parse(data) as object).length > 0 ? 1 : 0
    },
  })
  const decoder = new TextDecoder()
  for await (const chunk of response.body) parser.feed(decoder.decode(chunk, { stream: true }))
  if (pieces < 100) throw new Error(`only ${pieces} events arrived`)
}
