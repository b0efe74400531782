import { connected, lastAnswer, say, textOf, transcript } from '../driver/chat'
import { expect, test } from '../driver/test'
import { removeStateRoot, newStateRoot } from '../driver/launch-app'

const kills = 20
const words = 3_000
const story = Array.from({ length: words }, (_, at) => `word${at}`).join(' ')
/** Ten seconds long, and its last word never comes: however slow the machine is, the kill finds it unfinished. */
const endless = { text: story, tokens_per_second: 300, after_chunks: words - 1, ending: 'stall' } as const

test(`killed with kill -9 in mid-stream, ${kills} times: every byte that was seen is there afterwards`, async ({
  launch,
  provider,
}) => {
  test.setTimeout(240_000)
  await provider.clear()
  const stateRoot = newStateRoot()
  const options = { ...connected(provider), stateRoot }
  try {
    let app = await launch(options)
    for (let round = 0; round < kills; round++) {
      await provider.clear()
      await provider.script(endless)
      // What the window was told, kept outside of it so that the kill can't take it along.
      let seen = { text: '', upto: 0 }
      await app.page.exposeFunction('tell', (text: string, upto: number) => {
        seen = { text: seen.text + text, upto }
      })
      await app.page.evaluate(() => {
        const { tell } = window as unknown as { tell: (text: string, upto: number) => Promise<void> }
        window.kheish.listen((events) => {
          for (const event of events) {
            if (event.type !== 'run.grew') continue
            const text = event.batch.deltas
              .map((delta) =>
                delta.at === 'text'
                  ? delta.add
                  : delta.at === 'part' && delta.part.kind === 'text'
                    ? delta.part.text
                    : '',
              )
              .join('')
            void tell(text, event.batch.upto)
          }
        })
      })
      await app.page.getByRole('button', { name: 'New chat' }).click()
      await say(app.page, `Round ${round}`)
      await expect(lastAnswer(app.page)).toContainText('word0')
      const moment = Math.floor(Math.random() * 800)
      await app.page.waitForTimeout(moment)
      await app.kill()

      app = await launch(options)
      const { messages } = await transcript(app)
      const answer = messages.at(-1)
      const kept = textOf(answer)
      const where = `round ${round}, killed after ${moment} ms`
      expect(seen.text.length, where).toBeGreaterThan(0)
      expect(kept.startsWith(seen.text), `${where}: kept ${kept.length}, seen ${seen.text.length}`).toBe(true)
      expect(story.startsWith(kept), where).toBe(true)
      expect(answer?.seen, where).toBeGreaterThanOrEqual(seen.upto)
      expect(answer, where).toMatchObject({ status: 'interrupted', fault: { code: 'daemon_restarted' } })
      // Nothing was sent again by itself.
      const asked = (await provider.requests()).filter(({ path }) => path.endsWith('/chat/completions'))
      expect(asked, where).toHaveLength(1)
    }
    await app.kill()
  } finally {
    removeStateRoot(stateRoot)
  }
})
