import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { AssetView } from '@contract/assets'
import type { Answer } from '@contract/fault'
import { launchApp, removeStateRoot, type RunningApp } from '../driver/launch-app'
import { toneWav } from '../driver/sample-assets'
import { expect, test } from '../driver/test'

// One window for all: each of these leaves it as it was.
let app: RunningApp
test.beforeAll(async () => {
  app = await launchApp()
  await app.electron.evaluate(({ dialog, shell, BrowserWindow }) => {
    const seen: { saveTo: string; proposed: string[]; opened: string[]; dragged: object[] } = {
      saveTo: '',
      proposed: [],
      opened: [],
      dragged: [],
    }
    Object.assign(globalThis, { seen })
    dialog.showSaveDialog = async (...given: unknown[]) => {
      seen.proposed.push((given.at(-1) as { defaultPath: string }).defaultPath)
      return { canceled: seen.saveTo === '', filePath: seen.saveTo }
    }
    shell.openPath = async (path) => {
      seen.opened.push(path)
      return ''
    }
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (contents)
      contents.startDrag = ({ file, icon }) =>
        void seen.dragged.push({ file, size: (icon as Electron.NativeImage).getSize() })
  })
})
test.afterAll(async () => {
  await app.quit()
  removeStateRoot(app.stateRoot)
})

interface Seen {
  saveTo: string
  readonly proposed: string[]
  readonly opened: string[]
  readonly dragged: { readonly file: string; readonly size: { width: number; height: number } }[]
}
const seen = () =>
  app.electron.evaluate(() => structuredClone((globalThis as unknown as { seen: Seen }).seen))
const saveTo = (path: string) =>
  app.electron.evaluate((_, to) => void ((globalThis as unknown as { seen: Seen }).seen.saveTo = to), path)

const value = <T>(answer: Answer<T>): T => {
  if (!answer.ok) throw new Error(`${answer.fault.code}: ${answer.fault.detail}`)
  return answer.value
}

/** A picture that was pasted: bytes, and no file behind them. */
const paste = async (name: string, [width, height]: readonly [number, number]): Promise<AssetView> =>
  value(
    await app.page.evaluate(
      async ([file_name, w, h]) => {
        const canvas = document.createElement('canvas')
        canvas.width = w
        canvas.height = h
        const brush = canvas.getContext('2d')
        if (brush) brush.fillStyle = '#cc3300'
        brush?.fillRect(0, 0, w, h)
        const blob = await new Promise<Blob>((made) => canvas.toBlob((each) => made(each ?? new Blob())))
        return window.kheish.importFile(
          new File([blob], file_name, { type: 'image/png' }),
          `paste ${file_name}`,
        )
      },
      [name, width, height] as const,
    ),
  )

/** Files of the disk, as the system's own dialog would give them to the page. */
async function pick(...paths: readonly string[]): Promise<readonly Answer<AssetView>[]> {
  await app.page.evaluate(() => {
    const input = Object.assign(document.createElement('input'), {
      type: 'file',
      multiple: true,
      id: 'picked',
    })
    document.body.append(input)
  })
  await app.page.locator('#picked').setInputFiles([...paths])
  return app.page.evaluate(async () => {
    const input = document.querySelector<HTMLInputElement>('#picked')
    const files = [...(input?.files ?? [])]
    input?.remove()
    return Promise.all(files.map((file, at) => window.kheish.importFile(file, `pick ${at}`)))
  })
}

function file(name: string, content: string | Buffer): string {
  const folder = join(app.stateRoot, 'of a person')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** Whether the page could draw it, and how wide it is. */
const drawn = (src: string) =>
  app.page.evaluate(
    (address) =>
      new Promise<number>((done) => {
        const image = new Image()
        image.addEventListener('load', () => done(image.naturalWidth))
        image.addEventListener('error', () => done(0))
        image.src = address
      }),
    src,
  )

test('files come in by their path, pastes by their bytes, each with its own end', async () => {
  const [note, empty] = await pick(file('note.md', '# A note\r\n'), file('empty.txt', ''))
  expect(note).toMatchObject({ ok: true, value: { file_name: 'note.md', media_type: 'text/markdown' } })
  expect(empty).toMatchObject({ ok: false, fault: { code: 'asset_empty' } })
  expect(await paste('shot.png', [40, 30])).toMatchObject({ media_type: 'image/png', width: 40, height: 30 })
})

test('pictures are shown by their id, whole and small, and can be read by the page alone', async () => {
  const { asset_id } = await paste('wide.png', [640, 400])
  expect(await drawn(`asset://raw/${asset_id}`)).toBe(640)
  expect(await drawn(`asset://thumbnail/${asset_id}`)).toBe(320)
  const colour = await app.page.evaluate(async (src) => {
    const image = Object.assign(new Image(), { crossOrigin: 'anonymous', src })
    await image.decode()
    const brush = document.createElement('canvas').getContext('2d')
    brush?.drawImage(image, 0, 0)
    return [...(brush?.getImageData(1, 1, 1, 1).data ?? [])]
  }, `asset://raw/${asset_id}`)
  expect(colour).toEqual([0xcc, 0x33, 0, 255])
})

test('nothing but an id of an asset is answered, whatever way round it is tried', async () => {
  const { asset_id } = await paste('one.png', [8, 8])
  for (const place of [
    'raw/ghost',
    `files/${asset_id}`,
    `preview/${asset_id}`,
    'raw/../../etc/passwd',
    `raw/%2e%2e%2fassets%2f${asset_id}`,
    `raw/${asset_id}%00`,
    `raw/${asset_id}/x`,
    `raw/${asset_id}?x`,
    `me@files/${asset_id}`,
  ])
    expect([place, await drawn(`asset://${place}`)]).toEqual([place, 0])
  expect(await drawn(`asset://raw/${asset_id}`)).toBe(8)
})

test('sound plays from where one wants', async () => {
  const [tone] = await pick(file('tone.wav', toneWav(3)))
  const id = tone?.ok ? tone.value.asset_id : ''
  const heard = await app.page.evaluate(async (src) => {
    const audio = Object.assign(new Audio(src), { preload: 'metadata' })
    await new Promise((done, fail) => {
      audio.addEventListener('loadedmetadata', done)
      audio.addEventListener('error', () => fail(new Error(`no sound: ${audio.error?.message}`)))
    })
    const sought = new Promise((done) => audio.addEventListener('seeked', done))
    audio.currentTime = 2
    await sought
    return { duration: audio.duration, at: audio.currentTime, seekable: audio.seekable.end(0) }
  }, `asset://raw/${id}`)
  expect(heard).toEqual({ duration: 3, at: 2, seekable: 3 })
})

test('an asset is saved where one chooses, or not at all', async () => {
  const { asset_id } = await paste('Holiday.heic', [16, 16])
  const target = join(app.stateRoot, 'saved.png')
  await saveTo('')
  expect(await app.ask('app.saveAsset', { asset_id })).toEqual({ ok: true, value: null })
  await saveTo(target)
  expect(await app.ask('app.saveAsset', { asset_id })).toEqual({ ok: true, value: { path: target } })
  expect(readFileSync(target).subarray(1, 4).toString()).toBe('PNG')
  expect((await seen()).proposed.slice(-2)).toEqual(['Holiday.png', 'Holiday.png'])
  await saveTo(join(app.stateRoot, 'no', 'such', 'folder.png'))
  expect(await app.ask('app.saveAsset', { asset_id })).toMatchObject({
    ok: false,
    fault: { code: 'call_refused', call: 'app.saveAsset' },
  })
  expect(await app.ask('app.saveAsset', { asset_id: 'ghost' })).toMatchObject({
    ok: false,
    fault: { code: 'asset_not_found' },
  })
})

test('other programs get a copy that is read-only, named as it is, and gone at the next start', async () => {
  const [script] = await pick(file('notes.txt', 'echo hello'))
  const asset_id = script?.ok ? script.value.asset_id : ''
  expect(await app.ask('app.openAsset', { asset_id })).toMatchObject({ ok: true })
  const path = (await seen()).opened.at(-1) ?? ''
  expect(basename(path)).toBe('notes.txt')
  expect(path.startsWith(join(app.stateRoot, 'window', 'lent'))).toBe(true)
  expect(readFileSync(path, 'utf8')).toBe('echo hello')
  expect(statSync(path).mode & 0o777).toBe(0o400)
  expect(await app.ask('app.openAsset', { asset_id: 'ghost' })).toMatchObject({ ok: false })
})

test('pictures are copied, documents are not', async () => {
  const { asset_id } = await paste('copied.png', [24, 18])
  const [text] = await pick(file('text.txt', 'words'))
  expect(await app.ask('app.copyAsset', { asset_id })).toMatchObject({ ok: true })
  const size = await app.electron.evaluate(({ clipboard }) => {
    const board = clipboard as unknown as { readImage?(): Electron.NativeImage; has(type: string): unknown }
    return board.readImage ? board.readImage().getSize() : board.has('image/png')
  })
  expect([{ width: 24, height: 18 }, true]).toContainEqual(size)
  const refused = await app.ask('app.copyAsset', { asset_id: text?.ok ? text.value.asset_id : '' })
  expect(refused).toMatchObject({ ok: false, fault: { code: 'call_refused', call: 'app.copyAsset' } })
})

test('a drag goes on as the system’s, with a file and a picture, and only for what is there', async () => {
  const { asset_id } = await paste('dragged.png', [400, 200])
  const [text] = await pick(file('dragged.csv', 'a,b'))
  const ids = ['ghost', '../../etc/passwd', asset_id, text?.ok ? text.value.asset_id : '']
  for (const [at, id] of ids.entries()) {
    await app.page.evaluate((each) => window.kheish.dragAsset(each), id)
    await expect.poll(async () => (await seen()).dragged.length).toBe(Math.max(0, at - 1))
  }
  const [picture, document] = (await seen()).dragged
  expect(basename(picture?.file ?? '')).toBe('dragged.png')
  expect(picture?.size).toEqual({ width: 96, height: 48 })
  expect(
    readFileSync(picture?.file ?? '')
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG')
  expect(readFileSync(document?.file ?? '', 'utf8')).toBe('a,b')
  expect(document?.size.width).toBe(96)
})

// Near the end: the driver waits for ever for pages that were asked for and refused.
test('an asset is no page, no frame, no script, and nobody else’s', async () => {
  const [text] = await pick(file('script.txt', 'window.ran = "asset"'))
  const { asset_id } = await paste('mine.png', [8, 8])
  const { page } = app
  const home = page.url()
  const address = text?.ok ? `asset://raw/${text.value.asset_id}` : ''
  const ran = await page.evaluate(async (src) => {
    const script = Object.assign(document.createElement('script'), { src })
    const frame = Object.assign(document.createElement('iframe'), { src })
    const link = Object.assign(document.createElement('a'), { href: src })
    document.body.append(script, frame, link)
    link.click()
    await fetch(src).catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 300))
    for (const each of [script, frame, link]) each.remove()
    return 'ran' in window
  }, address)
  expect(ran).toBe(false)
  expect(page.url()).toBe(home)

  const elsewhere = await app.electron.evaluate(async ({ BrowserWindow }, src) => {
    const other = new BrowserWindow({ show: false, webPreferences: { sandbox: true } })
    await other.loadURL('app://kheish/index.html')
    const width: unknown = await other.webContents.executeJavaScript(
      `new Promise((done) => { const image = new Image(); image.onload = () => done(image.width); image.onerror = () => done(0); image.src = ${JSON.stringify(src)} })`,
    )
    const navigated = await other.loadURL(src).then(
      () => true,
      () => false,
    )
    other.destroy()
    return { width, navigated }
  }, `asset://raw/${asset_id}`)
  expect(elsewhere).toEqual({ width: 0, navigated: false })
})

test('what was lent is gone after a restart, what is kept is not', async () => {
  const { asset_id } = await paste('kept.png', [12, 12])
  await app.ask('app.openAsset', { asset_id })
  const lent = join(app.stateRoot, 'window', 'lent')
  const before = readdirSync(lent)
  const { stateRoot } = app
  await app.quit()
  app = await launchApp({ stateRoot })
  await expect.poll(() => readdirSync(lent).filter((name) => before.includes(name))).toEqual([])
  expect(await drawn(`asset://raw/${asset_id}`)).toBe(12)
  expect(existsSync(join(stateRoot, 'assets'))).toBe(true)
})
