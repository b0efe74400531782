// A process that does nothing but fetch and parse so many streams at once; says its CPU milliseconds.
import { readBareStream } from './read-bare-stream.ts'

const [prefix = '', count = '1'] = process.argv.slice(2)

const all = () => Promise.all(Array.from({ length: Number(count) }, () => readBareStream(prefix)))

// What is compiled and connected at the first time is not what is measured.
await all()
process.send?.('warm')
process.on('message', () => {
  const before = process.cpuUsage()
  void all().then(() => {
    const { user, system } = process.cpuUsage(before)
    process.send?.((user + system) / 1000)
  })
})
