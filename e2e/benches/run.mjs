// `npm run bench [name …]`: prints the table and writes test-results/bench.json. Figures, never a verdict.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './lib/electron.ts'
import { startProvider } from './lib/provider.ts'
import { benchAssets } from './assets.bench.ts'
import { benchCompose } from './compose.bench.ts'
import { benchBrush } from './brush.bench.ts'
import { benchControl } from './control.bench.ts'
import { benchDictation } from './dictation.bench.ts'
import { benchDrop } from './drop.bench.ts'
import { benchEdits } from './edits.bench.ts'
import { benchFrames } from './frames.bench.ts'
import { benchImports } from './imports.bench.ts'
import { benchLists } from './lists.bench.ts'
import { benchRecording } from './recording.bench.ts'
import { benchSearch } from './search.bench.ts'
import { benchStart } from './start.bench.ts'
import { benchStream } from './stream.bench.ts'
import { benchTranscription } from './transcription.bench.ts'
import { benchWaveform } from './waveform.bench.ts'

const benches = {
  start: benchStart,
  stream: benchStream,
  frames: benchFrames,
  lists: benchLists,
  search: benchSearch,
  assets: benchAssets,
  control: benchControl,
  drop: benchDrop,
  imports: benchImports,
  compose: benchCompose,
  brush: benchBrush,
  edits: benchEdits,
  transcription: benchTranscription,
  dictation: benchDictation,
  recording: benchRecording,
  waveform: benchWaveform,
}
const asked = process.argv.slice(2).filter((name) => name in benches)
const provider = await startProvider()
const rows = []
try {
  for (const [name, bench] of Object.entries(benches)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    process.stderr.write(`bench ${name} …\n`)
    rows.push(...(await bench(provider)))
  }
} finally {
  provider.stop()
}

const mark = { true: 'reached', false: 'MISSED', null: '–' }
for (const row of rows) {
  const reference = row.reference === undefined ? '' : ` (bare: ${row.reference} ${row.unit})`
  console.log(`${row.bench.padEnd(7)} ${row.figure}`)
  console.log(
    `        ${row.measured} ${row.unit}${reference}   goal ${row.goal}   ${mark[String(row.reached)]}`,
  )
  if (row.note) console.log(`        ${row.note}`)
}
const folder = join(projectRoot, 'test-results')
mkdirSync(folder, { recursive: true })
const facts = { at: new Date().toISOString(), node: process.version, platform: process.platform, rows }
writeFileSync(join(folder, 'bench.json'), `${JSON.stringify(facts, null, 2)}\n`)
