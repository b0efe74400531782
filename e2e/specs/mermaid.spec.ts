import type { Locator } from '@playwright/test'
import { connected, lastAnswer, messageBox, say, untilQuiet } from '../driver/chat'
import type { Provider } from '../driver/demo-provider'
import type { RunningApp } from '../driver/launch-app'
import { processTree } from '../driver/processes'
import { expect, test } from '../driver/test'

const fence = '```'
const block = (source: string) => `Before.\n\n${fence}mermaid\n${source}\n${fence}\n\nAfter.`
const flow = 'flowchart TD\n  accTitle: How it goes\n  ask[One thing alone]'

/** In a chat of its own, so that the picture is in view. */
async function answerWith(app: RunningApp, provider: Provider, text: string): Promise<Locator> {
  await provider.clear()
  await provider.script({ text, tokens_per_second: 100_000 })
  await app.page.getByRole('button', { name: 'New chat' }).click()
  await say(app.page, 'Draw it')
  await expect(lastAnswer(app.page)).toContainText('After.', { timeout: 15_000 })
  await untilQuiet(app.page)
  return lastAnswer(app.page)
}

/** The mean of what is painted in it: 0 is black, 255 is white. */
const brightness = (picture: Locator) =>
  picture.evaluate(async (image: HTMLImageElement) => {
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth
    canvas.height = image.naturalHeight
    const pen = canvas.getContext('2d')
    pen?.drawImage(image, 0, 0)
    const { data } = pen?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
    let [sum, count] = [0, 0]
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] !== 255) continue
      sum += ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3
      count += 1
    }
    return count === 0 ? -1 : sum / count
  })

const diagramFrame = (app: RunningApp) =>
  app.page.frames().find((frame) => frame.url().startsWith('app://diagrams/'))

async function expectAlive(app: RunningApp): Promise<void> {
  const before = performance.now()
  await messageBox(app.page).fill('alive')
  await expect(messageBox(app.page)).toHaveValue('alive')
  expect(performance.now() - before).toBeLessThan(1_500)
  await messageBox(app.page).fill('')
}

test('nothing is drawn before the block is complete', async ({ app, provider }) => {
  const { page } = app
  await provider.clear()
  const steps = Array.from({ length: 60 }, (_, at) => `  n${at} --> n${at + 1}`).join('\n')
  await provider.script({ text: block(`flowchart LR\n${steps}`), tokens_per_second: 250 })
  await say(page, 'Draw it slowly')
  await expect(lastAnswer(page)).toContainText('n9 --> n10')
  await expect(lastAnswer(page)).not.toContainText('After.')
  expect(page.frames()).toHaveLength(1)
  await expect(lastAnswer(page).getByRole('img')).toBeVisible({ timeout: 20_000 })
})

test('a diagram is drawn in the colours of the window, and its source is a key away', async ({
  app,
  provider,
}) => {
  await app.ask('preferences.set', { theme: 'light' })
  const answer = await answerWith(app, provider, block(flow))
  const picture = answer.getByRole('img', { name: 'Diagram: How it goes' })
  await expect(picture).toBeVisible()
  expect(await brightness(picture)).toBeGreaterThan(200)
  await app.ask('preferences.set', { theme: 'dark' })
  await expect.poll(() => brightness(picture)).toBeLessThan(90)

  const button = answer.getByRole('button', { name: 'Show source' })
  await button.focus()
  await button.press('Enter')
  await expect(button).toHaveAttribute('aria-pressed', 'true')
  await expect(answer.getByText('ask[One thing alone]')).toBeVisible()
  await expect(picture).toHaveCount(0)
  await answer.getByRole('button', { name: 'Copy code' }).click()
  await expect.poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(flow)
  await button.press('Enter')
  await expect(picture).toBeVisible()
})

test('a wide one fits the column, and can be seen in full', async ({ app, provider }) => {
  const chain = Array.from({ length: 20 }, (_, at) => `s${at}[Step number ${at}]`).join(' --> ')
  const answer = await answerWith(app, provider, block(`flowchart LR\n  ${chain}`))
  const picture = answer.getByRole('img')
  await expect(picture).toBeVisible()
  const widths = () => picture.evaluate((image: HTMLImageElement) => [image.clientWidth, image.naturalWidth])
  const [fitted = 0, natural = 0] = await widths()
  expect(fitted).toBeLessThan(700)
  expect(natural).toBeGreaterThan(1_500)
  await answer.getByRole('button', { name: 'Full size' }).click()
  expect((await widths())[0]).toBe(natural)
  expect(await app.page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false)
})

test('a wrong, an unfinished and an enormous diagram show their source and say so', async ({
  app,
  provider,
}) => {
  const wrong = await answerWith(app, provider, block('flowchart LR\n  a --> --> ]b['))
  await expect(wrong).toContainText('This diagram could not be drawn, so here is its source.')
  await expect(wrong).toContainText('a --> --> ]b[')

  await provider.clear()
  await provider.script({ text: `After. ${fence}\n\n${fence}mermaid\nflowchart LR\n  a --> b` })
  await say(app.page, 'Stop in the middle')
  await expect(lastAnswer(app.page)).toContainText('a --> b')
  await untilQuiet(app.page)
  await expect(lastAnswer(app.page)).not.toContainText('could not be drawn')

  const huge = `flowchart LR\n${'  aaaaaaaa --> bbbbbbbb\n'.repeat(83_000)}`
  const text = block(huge)
  const pieces = text.match(/[\s\S]{1,50000}/g) ?? []
  const chunk = (content: string, finish_reason: string | null = null) =>
    `data: ${JSON.stringify({ id: 'gen-1', model: 'm', choices: [{ index: 0, delta: { content }, finish_reason }] })}\n\n`
  await provider.clear()
  await provider.script({
    recording: `${chunk(`${block(huge.slice(0, 200_000))}\n\n`)}${pieces.map((piece) => chunk(piece)).join('')}${chunk('', 'stop')}data: [DONE]\n\n`,
  })
  await app.page.getByRole('button', { name: 'New chat' }).click()
  await say(app.page, 'Draw a city')
  await untilQuiet(app.page)
  await expect(lastAnswer(app.page)).toContainText('This diagram is too large to be drawn')
  await expect(lastAnswer(app.page).getByRole('img')).toHaveCount(0)
  await expectAlive(app)
})

test('a hostile diagram runs nothing, fetches nothing and leads nowhere', async ({ app, provider }) => {
  test.setTimeout(90_000)
  const { page } = app
  await app.electron.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (url) => void opened.push(url)
  })
  const reached: string[] = []
  page.on('response', (response) => {
    if (!/^(app:\/\/(kheish|diagrams)\/|data:|blob:|devtools:)/.test(response.url()))
      reached.push(response.url())
  })
  await page.evaluate(() =>
    addEventListener('message', ({ data }: MessageEvent<{ svg?: string }>) => {
      if (data.svg) Object.assign(window, { svg: data.svg })
    }),
  )
  const out = provider.prefix.replace('/v1', '')
  const init = (config: object) => `%%{init: ${JSON.stringify(config)}}%%\n`
  const label = `<img src='${out}/pixel.png' onerror='window.top.ran=1'><script>window.top.ran=1</script><iframe src='${out}/frame'></iframe>`
  const loose = { securityLevel: 'loose', htmlLabels: true, flowchart: { htmlLabels: true }, maxEdges: 9e9 }
  const css = `* { background: url(${out}/css.png) } @import url(${out}/sheet.css);`
  const hostile = {
    labels: `${init(loose)}flowchart TD\n  a["${label}"] --> b["<a href='javascript:window.top.ran=1'>press</a>"]`,
    frontmatter: `---\nconfig:\n  securityLevel: loose\n  htmlLabels: true\n---\nflowchart TD\n  a["${label}"]`,
    styles: `${init({ themeCSS: css, fontFamily: `x; } * { background: url(${out}/font.png) }` })}flowchart TD\n  a --> b`,
    colours: `${init({ theme: 'base', themeVariables: { primaryColor: `url(${out}/colour.svg)` } })}flowchart TD\n  a --> b`,
    links: `flowchart TD\n  a[Far] --> b[Near]\n  click a "javascript:window.top.ran=1"\n  click b "${out}/click" _blank`,
    calls: `flowchart TD\n  a[Far] --> b[Near]\n  click a call alert(1)`,
    fills: `flowchart TD\n  a[Far]\n  style a fill:url(${out}/fill.svg#a),background-image:url(${out}/class.png)`,
    actors: `sequenceDiagram\n  participant A\n  link A: Out @ ${out}/link\n  A->>B: ${label}`,
    icons: `flowchart TD\n  a@{ img: "${out}/icon.png", label: "x", w: 60, h: 60 }`,
  }
  let drawn = 0
  for (const [name, source] of Object.entries(hostile)) {
    await page.evaluate(() => Object.assign(window, { svg: '' }))
    const answer = await answerWith(app, provider, block(source))
    const picture = answer.getByRole('img')
    await expect(picture.or(answer.getByText('could not be drawn')), name).toBeVisible()
    if ((await picture.count()) === 0) continue
    drawn += 1
    const svg = await page.evaluate(() => (window as unknown as { svg: string }).svg)
    expect(svg, name).toContain('<svg')
    expect(svg, name).not.toMatch(/<(script|iframe|img)\b|<[^>]*\sonerror=|<a[^>]*javascript:/i)
    await picture.click()
  }
  expect(drawn).toBeGreaterThan(4)
  await page.waitForTimeout(300)
  expect(await page.evaluate(() => 'ran' in window)).toBe(false)
  expect(reached).toEqual([])
  expect((await provider.requests()).filter(({ path }) => !path.startsWith('/v1/'))).toEqual([])
  expect(await app.electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)).toEqual(
    [],
  )
})

test('the place where it is drawn has no way out, whatever runs there', async ({ launch, provider }) => {
  const app = await launch(connected(provider))
  const { page } = app
  await app.electron.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (url) => void opened.push(url)
  })
  const answer = await answerWith(app, provider, block(flow))
  await expect(answer.getByRole('img')).toBeVisible()
  const frame = diagramFrame(app)
  const home = page.url()
  const ways = await frame?.evaluate(async (url) => {
    const outcome = (work: () => unknown) => {
      try {
        return Promise.resolve(work()).then(String, () => 'refused')
      } catch {
        return Promise.resolve('refused')
      }
    }
    const style = document.createElement('img')
    const answers = {
      origin: self.origin,
      bridge: String('kheish' in window),
      node: String('process' in window || 'require' in window),
      parent: await outcome(() => window.parent.document.title),
      network: await outcome(() => fetch(url)),
      ownFiles: await outcome(() => fetch('/index.html')),
      windowFiles: await outcome(() => fetch('app://kheish/index.html')),
      storage: await outcome(() => localStorage.length),
      opens: await outcome(() => window.open('https://example.com/out')),
      picture: await outcome(
        () =>
          new Promise((yes, no) => Object.assign(style, { onload: yes, onerror: no, src: `${url}/x.png` })),
      ),
      leavesTop: await outcome(() => {
        window.top?.location.assign('https://example.com/top')
        return 'asked'
      }),
    }
    setTimeout(() => location.assign('https://example.com/away'), 0)
    return answers
  }, provider.prefix)
  expect(ways).toMatchObject({
    origin: 'null',
    bridge: 'false',
    node: 'false',
    parent: 'refused',
    network: 'refused',
    ownFiles: 'refused',
    windowFiles: 'refused',
    storage: 'refused',
    opens: 'null',
    picture: 'refused',
  })
  await page.waitForTimeout(300)
  expect(page.url()).toBe(home)
  expect(page.frames().filter((frame) => frame.url().includes('example.com'))).toEqual([])
  expect(await app.electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)).toEqual(
    [],
  )
  expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('a diagram that never ends takes its own process with it, and the window goes on', async ({
  launch,
  provider,
}) => {
  const app = await launch(connected(provider))
  await expect((await answerWith(app, provider, block(flow))).getByRole('img')).toBeVisible()
  const pids = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.mainFrame.framesInSubtree.map(
      ({ osProcessId }) => osProcessId,
    ),
  )
  const [own, apart] = pids ?? []
  expect(apart).not.toBe(own)
  await diagramFrame(app)?.evaluate(() => {
    addEventListener('message', () => {
      for (;;);
    })
  })
  const answer = await answerWith(app, provider, block('flowchart LR\n  a --> b'))
  await expectAlive(app)
  await expect(answer).toContainText('This diagram took too long to draw', { timeout: 8_000 })
  await expectAlive(app)
  await expect.poll(() => processTree(app.pid).includes(apart ?? 0), { timeout: 10_000 }).toBe(false)
  const next = await answerWith(app, provider, block('flowchart LR\n  c --> d'))
  await expect(next.getByRole('img')).toBeVisible()
})
