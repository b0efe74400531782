import { fork, type ChildProcess } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import type { BareCompose } from './lib/bare-compose-entry.ts'
import { bundle } from './lib/bundle.ts'
import { electronBinary, projectRoot } from './lib/electron.ts'
import { median, rounded, type Row } from './lib/stats.ts'

const rounds = 9
const edge = 2_048

/**
 * A photograph, a model's picture of its size and a round mask of a third of it, through the built process that looks
 * at pictures: decoded, feathered, laid back, packed without loss, written, read again and counted.
 */
export async function benchCompose(): Promise<readonly Row[]> {
  const root = await mkdtemp(join(tmpdir(), 'kheish-compose-'))
  const files = { source: join(root, 'source'), edit: join(root, 'edit'), mask: join(root, 'mask') }
  await writeFile(files.source, await photograph(0).encode('jpeg', 90))
  await writeFile(files.edit, await photograph(180).encode('png'))
  await writeFile(files.mask, await circle().encode('png'))
  const ours = processOf(join(projectRoot, 'out/main/media-child.js'))
  const bare = processOf(await bundle('bare-compose-entry'))
  let asked = 0
  const compose = async () => {
    const out = join(root, String((asked += 1)))
    await mkdir(out)
    return timed(ours, { id: asked, task: 'compose', job: { ...files, feather_px: 16, out } })
  }
  const leastly = () =>
    timed(bare, { source: files.source, edit: files.edit, to: join(root, 'bare') } satisfies BareCompose)
  try {
    await compose()
    await leastly()
    const took: { readonly ours: number; readonly bare: number }[] = []
    for (let round = 0; round < rounds; round++) took.push({ bare: await leastly(), ours: await compose() })
    const ratio = median(took.map((each) => each.ours / each.bare))
    const [mine, least] = [median(took.map((each) => each.ours)), median(took.map((each) => each.bare))]
    return [
      {
        bench: 'compose',
        figure: `an edit of 2,048 × 2,048 laid back with its proof against the image library alone, median of ${String(rounds)} pairs`,
        measured: rounded(ratio, 2),
        unit: '×',
        goal: '≤ 1.2',
        reached: ratio <= 1.2,
        note: `${rounded(mine, 1)} ms against ${rounded(least, 1)} ms`,
      },
    ]
  } finally {
    ours.kill()
    bare.kill()
    await rm(root, { recursive: true, force: true })
  }
}

/** The same program for both, so that both contend alike. */
const processOf = (file: string): ChildProcess =>
  fork(file, { execPath: electronBinary, env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } })

/** What is said meanwhile is no end. */
type Answer = 'done' | { readonly done: number } | { readonly result: object } | { readonly fault: object }

async function timed(child: ChildProcess, question: object): Promise<number> {
  const begun = performance.now()
  child.send(question)
  for (;;) {
    const [answer] = (await once(child, 'message')) as [Answer]
    if (typeof answer === 'object' && 'fault' in answer) throw new Error(JSON.stringify(answer.fault))
    if (answer === 'done' || 'result' in answer) return performance.now() - begun
  }
}

/** Shapes with the grain of a camera, which nothing packs away. */
function photograph(hue: number) {
  const canvas = createCanvas(edge, edge)
  const context = canvas.getContext('2d')
  for (let each = 0; each < 4_000; each++) {
    context.fillStyle = `hsl(${String((each * 37 + hue) % 360)} 60% ${String(each % 100)}%)`
    context.beginPath()
    context.arc((each * 7_919) % edge, (each * 104_729) % edge, 90, 0, 2 * Math.PI)
    context.fill()
  }
  const picture = context.getImageData(0, 0, edge, edge)
  const grain = randomFillSync(new Uint8Array(picture.data.length))
  for (let at = 0; at < grain.length; at++)
    if (at % 4 !== 3) picture.data[at] = (picture.data[at] ?? 0) + ((grain[at] ?? 0) % 9) - 4
  context.putImageData(picture, 0, 0)
  return canvas
}

function circle() {
  const canvas = createCanvas(edge, edge)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.beginPath()
  context.arc(edge / 2, edge / 2, edge / 3, 0, 2 * Math.PI)
  context.fill()
  return canvas
}
