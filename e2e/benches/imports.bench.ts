import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import type { Page } from 'playwright'
import type { BareImport } from './lib/bare-import-entry.ts'
import { bundle } from './lib/bundle.ts'
import { electronBinary, projectRoot, startElectron, usableAfter } from './lib/electron.ts'
import { givenFile } from './lib/given-file.ts'
import { pngBomb } from './lib/png-bomb.ts'
import type { Provider } from './lib/provider.ts'
import { makeStateRoot } from './lib/state-root.ts'
import { median, rounded, type Row } from './lib/stats.ts'

const rounds = 9

/** Files given to the window until their rows are there, in turns with the least that could be done with them. */
export async function benchImports(provider: Provider): Promise<readonly Row[]> {
  const root = await makeStateRoot(provider.prefix)
  const running = await startElectron(projectRoot, { KHEISH_STATE_ROOT: root })
  await usableAfter(running)
  const bare = await openBare(root)
  try {
    const picture = join(root, 'picture.jpg')
    await writeFile(picture, await makePicture())
    const text = join(root, 'text.txt')
    await writeFile(text, 'A line of a document, as long as most of them are.\n'.repeat(240_000))
    const bomb = join(root, 'bomb.png')
    await writeFile(bomb, pngBomb())
    return [
      await inTurns('24-megapixel JPEG', 1.15, 'the image library alone', {
        ours: await importer(running.page, picture),
        bare: () => bare.ask('picture', picture),
      }),
      await inTurns('12 MB text document', 1.3, 'copy and SHA-256', {
        ours: await importer(running.page, text),
        bare: () => bare.ask('copy', text),
      }),
      await refusal(await refuser(running.page, bomb)),
    ]
  } finally {
    bare.end()
    await running.close()
  }
}

/** Milliseconds. */
type Work = () => Promise<number>

async function inTurns(
  what: string,
  goal: number,
  against: string,
  { ours, bare }: { readonly ours: Work; readonly bare: Work },
): Promise<Row> {
  await ours()
  await bare()
  const took: { readonly ours: number; readonly bare: number }[] = []
  for (let round = 0; round < rounds; round++) took.push({ bare: await bare(), ours: await ours() })
  const ratio = median(took.map((each) => each.ours / each.bare))
  const [mine, least] = [median(took.map((each) => each.ours)), median(took.map((each) => each.bare))]
  return {
    bench: 'imports',
    figure: `import of a ${what} against ${against}, median of ${String(rounds)} pairs`,
    measured: rounded(ratio, 2),
    unit: '×',
    goal: `≤ ${String(goal)}`,
    reached: ratio <= goal,
    note: `${rounded(mine, 1)} ms against ${rounded(least, 1)} ms`,
  }
}

/** From the call to the fault, with the process that looks at files at work already. */
async function refusal(refuse: Work): Promise<Row> {
  await refuse()
  const took: number[] = []
  for (let round = 0; round < rounds; round++) took.push(await refuse())
  return {
    bench: 'imports',
    figure: `a PNG of 30,000 × 30,000 pixels refused by its header, median of ${String(rounds)}`,
    measured: rounded(median(took), 1),
    unit: 'ms',
    goal: '≤ 50',
    reached: median(took) <= 50,
    note: `the longest ${rounded(Math.max(...took), 1)} ms`,
  }
}

/** Gives the app the same file again and again; each time it is new to it. */
async function importer(page: Page, path: string): Promise<Work> {
  const file = await givenFile(page, path)
  return () =>
    file.evaluate(async (input) => {
      const given = input.files?.[0]
      if (!given) throw new Error('no file')
      const begun = performance.now()
      const answer = await window.kheish.importFile(given, 'bench')
      const took = performance.now() - begun
      if (!answer.ok) throw new Error(answer.fault.code)
      await window.kheish.ask('assets.delete', { asset_id: answer.value.asset_id })
      return took
    })
}

async function refuser(page: Page, path: string): Promise<Work> {
  const file = await givenFile(page, path)
  return () =>
    file.evaluate(async (input) => {
      const given = input.files?.[0]
      if (!given) throw new Error('no file')
      const begun = performance.now()
      const answer = await window.kheish.importFile(given, 'bench')
      const took = performance.now() - begun
      if (answer.ok || answer.fault.code !== 'asset_invalid') throw new Error('it was taken')
      return took
    })
}

/** The same program as the app's own processes, so that both contend alike. */
async function openBare(root: string) {
  const child = fork(await bundle('bare-import-entry'), {
    execPath: electronBinary,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
  return {
    async ask(does: BareImport['does'], path: string): Promise<number> {
      const begun = performance.now()
      child.send({ does, path, to: join(root, 'bare') } satisfies BareImport)
      await once(child, 'message')
      return performance.now() - begun
    },
    end: () => child.kill(),
  }
}

async function makePicture(): Promise<Buffer> {
  const canvas = createCanvas(6_000, 4_000)
  const context = canvas.getContext('2d')
  for (let each = 0; each < 20_000; each++) {
    context.fillStyle = `hsl(${String((each * 37) % 360)} 70% ${String(each % 100)}%)`
    context.fillRect((each * 7_919) % 6_000, (each * 104_729) % 4_000, 120, 80)
  }
  return canvas.encode('jpeg', 90)
}
