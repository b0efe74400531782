import { createHash } from 'node:crypto'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundle } from './lib/bundle.ts'
import { projectRoot } from './lib/electron.ts'
import { quantile, rounded, type Row } from './lib/stats.ts'

const rounds = 7
const require = createRequire(join(projectRoot, 'package.json'))

/** Takes files in as the daemon does, in turns with the least that could be done with them. */
export async function benchImports(): Promise<readonly Row[]> {
  const root = await mkdtemp(join(tmpdir(), 'kheish-bench-'))
  const { createMediaWorker, nodeMediaForker } = (await import(
    await bundle('import-entry')
  )) as typeof import('./lib/import-entry')
  const worker = createMediaWorker(nodeMediaForker(join(projectRoot, 'out/main/media-child.js')))
  const take = async (source: string) => {
    const out = await mkdtemp(join(root, 'job-'))
    await worker.process({ source, file_name: source, out }, new AbortController().signal)
  }
  try {
    const picture = join(root, 'picture.jpg')
    await writeFile(picture, await makePicture())
    const text = join(root, 'text.txt')
    await writeFile(text, 'A line of a document, as long as most of them are.\n'.repeat(240_000))
    return [
      await inTurns(
        '24-megapixel JPEG',
        1.15,
        'the image library alone',
        () => take(picture),
        () => decodeAlone(picture, root),
      ),
      await inTurns(
        '12 MB text document',
        1.3,
        'copy and SHA-256',
        () => take(text),
        () => copyAlone(text, root),
      ),
    ]
  } finally {
    await worker.close()
    await rm(root, { recursive: true, force: true })
  }
}

async function inTurns(
  what: string,
  goal: number,
  against: string,
  ours: () => Promise<void>,
  bare: () => Promise<void>,
): Promise<Row> {
  const took: { readonly ours: number[]; readonly bare: number[] } = { ours: [], bare: [] }
  await ours()
  await bare()
  for (let round = 0; round < rounds; round++) {
    took.bare.push(await timed(bare))
    took.ours.push(await timed(ours))
  }
  const [mine, least] = [quantile(took.ours, 0.5), quantile(took.bare, 0.5)]
  return {
    bench: 'imports',
    figure: `import of a ${what} against ${against}, median of ${String(rounds)}`,
    measured: rounded(mine / least, 2),
    unit: '×',
    goal: `≤ ${String(goal)}`,
    reached: mine / least <= goal,
    note: `${rounded(mine, 1)} ms against ${rounded(least, 1)} ms`,
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

async function makePicture(): Promise<Buffer> {
  const { createCanvas } = require('@napi-rs/canvas') as typeof import('@napi-rs/canvas')
  const canvas = createCanvas(6_000, 4_000)
  const context = canvas.getContext('2d')
  for (let each = 0; each < 20_000; each++) {
    context.fillStyle = `hsl(${String((each * 37) % 360)} 70% ${String(each % 100)}%)`
    context.fillRect((each * 7_919) % 6_000, (each * 104_729) % 4_000, 120, 80)
  }
  return canvas.encode('jpeg', 90)
}

/** Read, decoded, scaled, encoded, written. */
async function decodeAlone(path: string, root: string): Promise<void> {
  const { createCanvas, loadImage } = require('@napi-rs/canvas') as typeof import('@napi-rs/canvas')
  const image = await loadImage(await readFile(path))
  const canvas = createCanvas(2_048, 1_365)
  const context = canvas.getContext('2d')
  context.imageSmoothingQuality = 'medium'
  context.drawImage(image, 0, 0, 2_048, 1_365)
  await writeSynced(join(root, 'alone.jpg'), await canvas.encode('jpeg', 85))
}

async function copyAlone(path: string, root: string): Promise<void> {
  const bytes = await readFile(path)
  createHash('sha256').update(bytes).digest('hex')
  await writeSynced(join(root, 'alone.txt'), bytes)
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w')
  await file.writeFile(bytes)
  await file.datasync()
  await file.close()
}
