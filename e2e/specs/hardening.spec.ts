import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CallName } from '@contract/names'
import { launchApp, removeStateRoot, type RunningApp } from '../driver/launch-app'
import { processTree } from '../driver/processes'
import { expect, test } from '../driver/test'

// One window for all: each of these leaves it as it was.
let app: RunningApp
test.beforeAll(async () => {
  app = await launchApp()
  // Links that get out must not start a browser on the machine of the tests.
  await app.electron.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (url) => void opened.push(url)
  })
})
test.afterAll(async () => {
  await app.quit()
  removeStateRoot(app.stateRoot)
})

const opened = () =>
  app.electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened.splice(0))
const windows = () => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

test('says which Electron it ran on', async () => {
  const info = await app.ask('app.info')
  expect(info).toMatchObject({ ok: true, value: { electron: expect.stringMatching(/^\d+\.\d+/) } })
  const said = `${JSON.stringify(info.ok && info.value)}, sandbox ${process.getuid?.() === 0 ? 'off (root)' : 'on'}`
  test.info().annotations.push({ type: 'runtime', description: said })
  console.log(`runtime: ${said}`)
})

test('the page has no Node and one narrow doorway', async () => {
  expect(
    await app.page.evaluate(() => ({
      node: ['require', 'module', 'process', 'Buffer', 'global', '__dirname', 'electron'].filter(
        (name) => name in window,
      ),
      doorway: Object.keys(window.kheish).sort(),
      isFrozen: (() => {
        try {
          Object.assign(window, { kheish: {} })
        } catch {
          // Refusing loudly is as good as refusing quietly.
        }
        return typeof window.kheish.ask === 'function'
      })(),
    })),
  ).toEqual({
    node: [],
    doorway: ['ask', 'dragAsset', 'importFile', 'keepSegment', 'keepSound', 'listen', 'opening', 'platform'],
    isFrozen: true,
  })
})

test('every safety of the window is on', async () => {
  const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>
    }
    return contents.getLastWebPreferences()
  })
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  })
})

test('where the system allows it, the page runs in the system sandbox', async () => {
  const pid = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  )
  expect(processTree(app.pid)).toContain(pid)
  if (process.platform !== 'linux') return
  const seccomp = /^Seccomp:\s+(\d)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  // Chromium refuses its sandbox to root; then the switch must have been given by whoever started it.
  expect(seccomp).toBe(process.getuid?.() === 0 ? '0' : '2')
})

test.describe('content policy', () => {
  test('is sent with every file, and strict', async () => {
    const policy = await app.page.evaluate(async () =>
      (await fetch('/index.html')).headers.get('content-security-policy'),
    )
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain('frame-src app://diagrams;')
    expect(policy).toContain("img-src 'self' blob: data: asset:;")
    expect(policy).toContain("media-src 'self' blob: asset:;")
    expect(policy).toContain("connect-src 'self' asset:;")
    expect(policy).not.toMatch(/unsafe|http|\*/)
  })
  test('stops inline script, eval and everything remote', async () => {
    const { ran, violations } = await app.page.evaluate(async () => {
      const violations: string[] = []
      const note = (event: SecurityPolicyViolationEvent) => violations.push(event.effectiveDirective)
      document.addEventListener('securitypolicyviolation', note)
      const script = document.createElement('script')
      script.textContent = 'window.ran = "inline"'
      const far = document.createElement('script')
      far.src = 'https://example.invalid/x.js'
      const picture = new Image()
      picture.src = 'https://example.invalid/x.png'
      const frame = document.createElement('iframe')
      frame.src = 'https://example.invalid/'
      document.body.append(script, far, picture, frame)
      await fetch('https://example.invalid/').catch(() => undefined)
      // Later, because what the driver itself evaluates is exempt from the policy.
      setTimeout(() => new Function('window.ran = "eval"')(), 0)
      await new Promise((resolve) => setTimeout(resolve, 300))
      for (const each of [script, far, frame]) each.remove()
      document.removeEventListener('securitypolicyviolation', note)
      return { ran: 'ran' in window, violations: [...new Set(violations)].sort() }
    })
    expect(ran).toBe(false)
    for (const directive of ['connect-src', 'frame-src', 'img-src', 'script-src', 'script-src-elem']) {
      expect(violations).toContain(directive)
    }
  })
})

test('the session reaches no server, not even without the page', async ({ provider }) => {
  await provider.clear()
  const reached = await app.electron.evaluate(
    ({ session }, url) =>
      session.defaultSession.fetch(url).then(
        () => true,
        () => false,
      ),
    `${provider.prefix}/models`,
  )
  expect(reached).toBe(false)
  expect(await provider.requests()).toEqual([])
})

test('the page names what it begins with ahead, and each of it is a file of ours', async () => {
  const named = await app.page.evaluate(async () => {
    const link = (await fetch('/')).headers.get('link') ?? ''
    const found = [...link.matchAll(/<([^>]*)>; rel=preload; as=(\w+)/g)]
    return Promise.all(found.map(async ([, url = '', as = '']) => `${as} ${(await fetch(url)).status}`))
  })
  expect(new Set(named)).toEqual(new Set(['font 200', 'script 200', 'style 200']))
})

test('only files of the window are served', async () => {
  const status = (path: string) =>
    app.page.evaluate(
      (url) =>
        fetch(url).then(
          (answer) => answer.status,
          () => 'refused',
        ),
      path,
    )
  expect(await status('/index.html')).toBe(200)
  for (const path of [
    '/../main/index.js',
    '/..%2fmain%2findex.js',
    '/%2e%2e/main/index.js',
    '/..%5cmain',
    '/%00',
    '/none.js',
  ]) {
    expect([path, await status(path)]).toEqual([path, 'refused'])
  }
})

test('no style rule has Chromium look at the whole window when a child comes or goes', async () => {
  const selectors = await app.page.evaluate(() => {
    const of = (rules: CSSRuleList): string[] =>
      [...rules].flatMap((rule) => [
        ...(rule instanceof CSSStyleRule ? [rule.selectorText] : []),
        ...('cssRules' in rule ? of(rule.cssRules as CSSRuleList) : []),
      ])
    return [...document.styleSheets].flatMap((sheet) => of(sheet.cssRules))
  })
  expect(selectors.length).toBeGreaterThan(500)
  // First or last of whatever there is, or whatever there is below the first or last.
  const place = ':(?:first|last|only|nth)-'
  const costly = new RegExp(`(?:^|[\\s>+~(])\\*?(?::not\\()?${place}|${place}[^\\s>+~,]*\\s*>?\\s*\\*`)
  expect(selectors.filter((each) => costly.test(each))).toEqual([])
})

test('the page stays where it is; only https leaves, for the browser', async () => {
  const { page } = app
  const home = page.url()
  for (const url of [
    'https://example.com/docs',
    'file:///etc/passwd',
    'http://example.com/',
    'app://elsewhere/',
  ]) {
    await page.evaluate((to) => {
      const link = document.createElement('a')
      link.href = to
      document.body.append(link)
      link.click()
      link.remove()
    }, url)
    await page.waitForTimeout(150)
    expect(page.url()).toBe(home)
  }
  expect(await opened()).toEqual(['https://example.com/docs'])
  expect(await page.evaluate(() => typeof window.kheish.ask)).toBe('function')
})

test('no window opens another', async () => {
  const answers = await app.page.evaluate(() =>
    ['https://example.com/new', 'file:///etc/passwd', 'about:blank', 'javascript:1', '/index.html'].map(
      (url) => window.open(url) === null,
    ),
  )
  expect(answers).toEqual([true, true, true, true, true])
  expect(await windows()).toBe(1)
  expect(await opened()).toEqual(['https://example.com/new'])
})

test('app.openExternal opens https and mail, and nothing else', async () => {
  expect(await app.ask('app.openExternal', { url: 'https://example.com/a' })).toMatchObject({ ok: true })
  expect(await app.ask('app.openExternal', { url: 'mailto:a@example.com' })).toMatchObject({ ok: true })
  for (const url of [
    'file:///etc/passwd',
    'http://example.com',
    'javascript:alert(1)',
    'https://me:pw@example.com',
    'smb://x',
  ]) {
    expect(await app.ask('app.openExternal', { url })).toMatchObject({
      ok: false,
      fault: { code: 'call_refused' },
    })
  }
  expect(await opened()).toEqual(['https://example.com/a', 'mailto:a@example.com'])
})

test('permissions are denied, but for the microphone', async () => {
  const answers = await app.page.evaluate(async () => {
    const outcome = (work: Promise<unknown>) =>
      work.then(
        () => 'granted',
        (error: unknown) => String(error),
      )
    const state = async (name: string) =>
      (await navigator.permissions.query({ name: name as PermissionName })).state
    return {
      notifications: await Notification.requestPermission(),
      camera: await outcome(navigator.mediaDevices.getUserMedia({ video: true })),
      screen: await outcome(navigator.mediaDevices.getDisplayMedia()),
      position: await outcome(new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no))),
      clipboard: await outcome(navigator.clipboard.readText()),
      states: await Promise.all(['camera', 'microphone', 'geolocation', 'clipboard-read'].map(state)),
    }
  })
  expect(answers.notifications).toBe('denied')
  expect(answers.states).toEqual(['denied', 'granted', 'denied', 'denied'])
  for (const name of ['camera', 'screen', 'position', 'clipboard'] as const) {
    expect([name, answers[name]]).not.toEqual([name, 'granted'])
  }
})

test('copying text is allowed', async () => {
  // Chromium copies for the focused page only; without a window manager a click is what gives focus for sure.
  await app.page.mouse.click(4, 4)
  await expect.poll(() => app.page.evaluate(() => document.hasFocus())).toBe(true)
  await app.page.evaluate(() => navigator.clipboard.writeText('from Kheish'))
  // The page is answered before the main process has taken the text over.
  await expect.poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe('from Kheish')
})

test.describe('questions', () => {
  test('with a name nobody knows are refused', async () => {
    for (const name of ['app.steal', '__proto__', 'constructor', 'toString', '']) {
      expect(await app.ask(name as CallName)).toMatchObject({ ok: false, fault: { code: 'call_refused' } })
    }
  })
  test('with a wrong input are refused with the place and never the content', async () => {
    const wrong: [CallName, unknown][] = [
      ['sessions.rename', { session_id: 'a', title: { canary: 'sk-or-canary' } }],
      ['sessions.rename', { session_id: '../../etc', title: 'sk-or-canary' }],
      ['secrets.set', { slot_id: 'a', source: { kind: 'sk-or-canary', value: 'sk-or-canary' } }],
      ['secrets.get', { slot_id: 'openrouter.primary', more: 'sk-or-canary' }],
      ['app.info', 'sk-or-canary'],
      ['app.info', null],
      ['sessions.submitRun', ['sk-or-canary']],
      ['preferences.set', { theme: 'sk-or-canary' }],
    ]
    for (const [name, input] of wrong) {
      const answer = await app.ask(name, input)
      expect([name, answer]).toMatchObject([name, { ok: false, fault: { code: 'call_refused', call: name } }])
      expect(JSON.stringify(answer)).not.toContain('canary')
    }
  })
  test('of another window are refused, even with our page and our preload in it', async () => {
    const preload = join(import.meta.dirname, '../../out/preload/index.cjs')
    const answer = await app.electron.evaluate(async ({ BrowserWindow }, path) => {
      const other = new BrowserWindow({ show: false, webPreferences: { preload: path, sandbox: true } })
      await other.loadURL('app://kheish/index.html')
      const said: unknown = await other.webContents.executeJavaScript(
        'Promise.all([window.kheish.ask("app.info", {}), window.kheish.importFile(new File(["x"], "x.txt"), "x")])',
      )
      other.destroy()
      return said
    }, preload)
    const refused = { ok: false, fault: { code: 'call_refused' } }
    expect(answer).toMatchObject([refused, refused])
  })
})
