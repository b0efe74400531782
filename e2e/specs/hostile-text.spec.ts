import { lastAnswer, messageBox, say, untilQuiet } from '../driver/chat'
import type { Behaviour, Provider } from '../driver/demo-provider'
import type { RunningApp } from '../driver/launch-app'
import { expect, test } from '../driver/test'

/** A stream of the text in large pieces, past what any model may write. */
const streamOf = (text: string): Behaviour => {
  const chunk = (content: string, finish_reason: string | null = null) =>
    `data: ${JSON.stringify({ id: 'gen-1', model: 'openai/gpt-5.4-mini', choices: [{ index: 0, delta: { content }, finish_reason }] })}\n\n`
  const pieces = text.match(/[\s\S]{1,50000}/g) ?? []
  return { recording: `${pieces.map((piece) => chunk(piece)).join('')}${chunk('', 'stop')}data: [DONE]\n\n` }
}

/** Streams a text into a chat of its own and waits for its end. */
async function answerWith(app: RunningApp, provider: Provider, text: string): Promise<void> {
  await provider.clear()
  await provider.script(streamOf(text))
  await app.page.getByRole('button', { name: 'New chat' }).click()
  await say(app.page, 'Be hostile')
  await expect(lastAnswer(app.page).getByRole('button', { name: /^Receipt/ })).toBeVisible({
    timeout: 15_000,
  })
  await untilQuiet(app.page)
}

/** Whether the window answers within a moment. */
async function expectAlive(app: RunningApp, what: string): Promise<void> {
  const before = performance.now()
  await messageBox(app.page).fill(what)
  await expect(messageBox(app.page)).toHaveValue(what)
  expect(performance.now() - before, what).toBeLessThan(2_000)
  await expect(app.page.getByText('This window ran into a problem'), what).toHaveCount(0)
  await messageBox(app.page).fill('')
}

test('nothing in an answer runs, is fetched or leaves the window', async ({ app, provider }) => {
  const { page } = app
  await app.electron.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (url) => void opened.push(url)
  })
  const opened = () =>
    app.electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened.splice(0))
  const asked: string[] = []
  page.on('request', (request) => {
    if (!/^(app|data|blob|devtools):/.test(request.url())) asked.push(request.url())
  })
  const out = provider.prefix.replace('/v1', '')
  const text = `Before

<script>window.ran = 'script'</script>
<img src="${out}/pixel.png" onerror="window.ran = 'onerror'">
<iframe src="${out}/frame"></iframe><object data="${out}/object"></object><embed src="${out}/embed">
<svg onload="window.ran = 'svg'"><use href="${out}/use.svg#a"/></svg>
<style>* { background: url(${out}/style.png) } main { display: none }</style>
<link rel="stylesheet" href="${out}/sheet.css"><meta http-equiv="refresh" content="0;url=${out}/refresh">
<base href="${out}/"><form action="${out}/form"><input name="a"><button>Win</button></form>
<div style="position:fixed;inset:0;z-index:9999">Overlay</div>
<video src="${out}/v.mp4" autoplay></video><audio src="${out}/a.mp3" autoplay></audio>

![far](${out}/image.png "title") ![far](https://example.invalid/x.png) ![in](data:image/svg+xml,%3Csvg%20onload=alert(1)%3E)

[script](javascript:window.ran='link') [data](data:text/html,<script>1</script>) [file](file:///etc/passwd)
[VB](vbscript:x) [odd](jav&#x09;ascript:window.ran='odd') [far](https://far.example/path) <https://auto.example/>
[plain](http://plain.example/) [mail](mailto:someone@example.com)

| a | b |
|---|---|
| <img src=x onerror="window.ran='cell'"> | [x](javascript:window.ran='cell') |

After the storm`
  await answerWith(app, provider, text)
  const answer = lastAnswer(page)
  await expect(answer).toContainText('After the storm')
  await page.waitForTimeout(300)
  expect(await page.evaluate(() => ('ran' in window ? window.ran : null))).toBe(null)
  expect(asked).toEqual([])
  expect((await provider.requests()).filter(({ path }) => !path.startsWith('/v1/'))).toEqual([])
  const held =
    'script, iframe, object, embed, style, link, meta, base, form, video, audio, img:not([src^="data:"])'
  await expect(answer.locator(held)).toHaveCount(0)
  await expect(page.getByRole('main').first()).toBeVisible()
  const overlay = answer.getByText('Overlay')
  if ((await overlay.count()) > 0) await expect(overlay).not.toHaveCSS('position', 'fixed')

  for (const name of ['script', 'data', 'file', 'VB', 'odd']) {
    const link = answer.getByText(name, { exact: true }).first()
    if ((await link.count()) > 0) await link.click({ timeout: 1_000 }).catch(() => undefined)
  }
  expect(await opened()).toEqual([])
  expect(await page.evaluate(() => ('ran' in window ? window.ran : null))).toBe(null)

  // Links say whose they are and ask once for each host.
  await answer.getByText('far', { exact: true }).last().click()
  await expect(page.getByRole('dialog')).toContainText('far.example')
  await page.getByRole('button', { name: 'Cancel' }).click()
  expect(await opened()).toEqual([])
  await answer.getByText('far', { exact: true }).last().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Open' }).click()
  await expect.poll(opened).toEqual(['https://far.example/path'])
})

const long = 'Verylongwordwithoutasingleblank'.repeat(400)
const storms: Readonly<Record<string, string>> = {
  'a thousand quotes': `${'>'.repeat(1_000)} deep\n\n`,
  'lists five hundred deep': `${Array.from({ length: 500 }, (_, at) => `${'  '.repeat(at)}- x`).join('\n')}\n\n`,
  'ten thousand stars': `${'*'.repeat(10_000)}\n\n`,
  'ten thousand half-open stars': `${'*a '.repeat(10_000)}\n\n`,
  'brackets without an end': `${'['.repeat(5_000)}${'!['.repeat(2_000)}\n\n`,
  'a huge table': `| ${'a | '.repeat(20)}\n|${'---|'.repeat(20)}\n${`| ${'cell | '.repeat(20)}\n`.repeat(200)}\n`,
  'a long word': `${long} ${long}\n\n`,
  'right to left, zalgo and emoji': `${'مرحبا بالعالم \u202E reversed \u202C '.repeat(50)}${'Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334'.repeat(200)}${'👩‍👩‍👧‍👦🏳️‍🌈'.repeat(500)}\n\n`,
  'code of 200,000 characters': `\`\`\`ts\n${'const answer: number = 42 // why\n'.repeat(6_000)}\`\`\`\n\n`,
  'formulas without an end': `${'$x^{'.repeat(500)}\n\n$$${'\\frac{1}{'.repeat(300)}$$\n\n`,
  'formulas that grow without an end': '$$\\def\\a{\\a\\a}\\a$$ $\\rule{9999em}{9999em}$\n\n',
  'everything unclosed':
    '**bold _it `code [link](http:// ![ <div> $$ \\frac{ ~~ | a |\n|--\n```js\nlet x = `\n',
}

for (const part of [0, 1]) {
  test(`no text makes the window stop answering, part ${part + 1}`, async ({ app, provider }) => {
    for (const name of Object.keys(storms).filter((_, at) => at % 2 === part)) {
      await answerWith(app, provider, `${storms[name]}end of it`)
      await expect(lastAnswer(app.page).getByText('end of it').first(), name).toBeVisible()
      await expectAlive(app, name)
      const isWide = await app.page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
      expect(isWide, name).toBe(false)
    }
  })
}

test('an answer of a million characters begins at once and shows more when asked', async ({
  app,
  provider,
}) => {
  await answerWith(app, provider, `${'word '.repeat(200_000)}\n\nend of it`)
  await expect(lastAnswer(app.page)).toContainText('The first 300,000 of 1,000,011 characters.')
  await expectAlive(app, 'a million characters')
  await lastAnswer(app.page).getByRole('button', { name: 'Show more' }).click()
  await expect(lastAnswer(app.page)).toContainText('The first 600,000 of 1,000,011 characters.')
})

test('what a person writes is shown exactly as written, whatever it is', async ({ app, provider }) => {
  const { page } = app
  const texts = [
    '🏳️‍🌈👩‍👩‍👧‍👦',
    'שלום עולם \u202Eabc',
    'Z\u0351\u036B\u0343\u036A',
    '<b>& "x"</b>',
    '**not bold**',
    'https://x.example/?a=1&b=2',
  ]
  for (const text of texts) {
    await provider.clear()
    await provider.script({ text: 'Yes.' })
    await page.getByRole('button', { name: 'New chat' }).click()
    await say(page, text)
    await expect(lastAnswer(page)).toContainText('Yes.')
    await expect(page.getByRole('article', { name: 'You' }).locator('[data-text]')).toHaveText(text)
    const [request] = (await provider.requests()).filter(({ path }) => path.endsWith('/chat/completions'))
    expect(JSON.stringify(request?.body)).toContain(JSON.stringify(text).slice(1, -1))
  }
  await say(page, long)
  await expect(page.getByRole('article', { name: 'You' }).last()).toContainText('Verylongword')
  expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false)
})

test('five million pasted characters stay usable, and too many are refused with a sentence', async ({
  app,
  provider,
}) => {
  const { page } = app
  const paste = async (characters: number) => {
    await app.electron.evaluate(
      ({ clipboard }, length) => clipboard.writeText('paste '.repeat(length / 6)),
      characters,
    )
    await messageBox(page).click()
    await messageBox(page).press('Control+V')
  }
  await paste(5_000_000)
  await expect(page.getByRole('alert').filter({ hasText: /4/ })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled()
  await page.getByRole('button', { name: /remove/i }).click()
  await paste(600_000)
  await messageBox(page).focus()
  await provider.clear()
  await provider.script({ text: 'That was long.' })
  await messageBox(page).press('Enter')
  await expect(lastAnswer(page)).toContainText('That was long.', { timeout: 15_000 })
  await expectAlive(app, 'after a long message')
})
