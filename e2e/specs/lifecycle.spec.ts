import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { electronBinary, environmentOf, newStateRoot } from '../driver/launch-app'
import { processTree } from '../driver/processes'
import { expect, test } from '../driver/test'

test('a second start shows the first window and ends', async ({ launch }) => {
  const app = await launch()
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
  const again = spawn(
    electronBinary ?? 'electron',
    [join(import.meta.dirname, '../..'), ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    { env: environmentOf({}, app.stateRoot), stdio: 'ignore' },
  )
  const code = await new Promise((resolve) => again.once('exit', resolve))
  expect(code).toBe(0)
  const first = await app.electron.evaluate(({ BrowserWindow }) => {
    const all = BrowserWindow.getAllWindows()
    return { count: all.length, isShown: all[0]?.isVisible() === true && !all[0].isMinimized() }
  })
  expect(first).toEqual({ count: 1, isShown: true })
  expect(await app.ask('app.info')).toMatchObject({ ok: true })
})

test('place, size, zoom and theme come back', async ({ launch }) => {
  const stateRoot = newStateRoot()
  const first = await launch({ stateRoot })
  const bounds = { x: 120, y: 90, width: 720, height: 610 }
  await first.electron.evaluate(({ BrowserWindow }, to) => {
    const window = BrowserWindow.getAllWindows()[0]
    window?.setBounds(to)
    window?.webContents.setZoomLevel(1)
  }, bounds)
  expect(await first.ask('app.setTheme', { theme: 'dark' })).toMatchObject({ ok: true })
  await first.quit()

  const second = await launch({ stateRoot })
  const found = await second.electron.evaluate(({ BrowserWindow, nativeTheme }) => {
    const window = BrowserWindow.getAllWindows()[0]
    return {
      bounds: window?.getBounds(),
      zoom: window?.webContents.getZoomLevel(),
      theme: nativeTheme.themeSource,
    }
  })
  expect(found.bounds).toEqual(bounds)
  expect(found.zoom).toBeCloseTo(1)
  expect(found.theme).toBe('dark')
})

test('a window that was left on a display that is gone opens where it can be reached', async ({ launch }) => {
  const stateRoot = newStateRoot()
  const first = await launch({ stateRoot })
  await first.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 9_000, y: 7_000, width: 700, height: 600 })
  })
  await first.quit()
  const second = await launch({ stateRoot })
  const { bounds, area } = await second.electron.evaluate(({ BrowserWindow, screen }) => ({
    bounds: BrowserWindow.getAllWindows()[0]?.getBounds(),
    area: screen.getPrimaryDisplay().workArea,
  }))
  expect(bounds?.x).toBeLessThan(area.width)
  expect(bounds?.y).toBeLessThan(area.height)
})

test('a page that crashes is loaded again and asks for everything', async ({ launch }) => {
  const app = await launch()
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  // Asked in the main process, because the driver lets go of a page that crashed. A dead page never answers.
  const answer = () =>
    app.electron.evaluate(({ BrowserWindow }) =>
      Promise.race([
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          'window.kheish.ask("daemon.state", {})',
        ),
        new Promise((resolve) => setTimeout(resolve, 500, 'nobody')),
      ]),
    )
  await expect.poll(() => answer().catch(() => undefined)).toMatchObject({ ok: true })
})

test('quitting leaves no process behind and the same state root starts again', async ({ launch }) => {
  const app = await launch()
  const tree = processTree(app.pid)
  expect(tree.length).toBeGreaterThan(2)
  expect(await app.quit()).toBeLessThan(4_000)
  expect(tree.filter((pid) => processTree(pid).length > 0)).toEqual([])
  const again = await launch({ stateRoot: app.stateRoot })
  expect(await again.ask('daemon.state')).toMatchObject({ ok: true })
})

test('a killed app leaves nothing that keeps the next one from starting', async ({ launch }) => {
  const app = await launch()
  await app.kill()
  const again = await launch({ stateRoot: app.stateRoot })
  await expect.poll(() => again.ask('daemon.state')).toMatchObject({ ok: true, value: { phase: 'setup' } })
})

test('the demo starts at once with --demo, and has a state root of its own', async ({ launch }) => {
  const app = await launch({ args: ['--demo'] })
  await expect
    .poll(() => app.ask('daemon.state'))
    .toEqual({ ok: true, value: { phase: 'ready', demo: true } })
  expect(await app.ask('app.info')).toMatchObject({ value: { demo: true } })
  expect(await app.ask('app.leaveDemo')).toMatchObject({ ok: true, value: { phase: 'setup' } })
})
