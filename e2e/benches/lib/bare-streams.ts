// A process that does nothing but fetch and parse so many streams at once; says its CPU milliseconds.
import { createParser } from 'eventsource-parser'

const [prefix = '', count = '1'] = process.argv.slice(2)

async function stream(): Promise<void> {
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

const all = () => Promise.all(Array.from({ length: Number(count) }, stream))

// What is compiled and connected at the first time is not what is measured.
await all()
process.send?.('warm')
process.on('message', () => {
  const before = process.cpuUsage()
  void all().then(() => {
    const { user, system } = process.cpuUsage(before)
    process.send?.((user + system) / 1000)
  })
})
