// Bundled by `control.bench.ts` and run in a process of its own: the daemon's own event log, full, behind the control
// plane's own event stream. Says `ready` with the number of events when it listens.
import { createServer } from 'node:http'
import { createEventStreams } from '../../../main/control/event-streams.ts'
import { createEventLog } from '../../../main/daemon/runtime/event-log.ts'
import type { MessageId, RunId, SessionId } from '../../../preload/contract/ids.ts'

const [path, count] = process.argv.slice(2)
const log = createEventLog({ boot: 'bench' })
const id = '01a20677-ff04-70a1-833f-5318e34bb0de'
for (let number = 1; number <= Number(count); number += 1) {
  log.publish({
    type: 'run.grew',
    run_id: `run_${id}` as RunId,
    session_id: `session_${id}` as SessionId,
    message_id: `message_${id}` as MessageId,
    batch: { from: number, upto: number, deltas: [{ at: 'text', place: 0, add: ' token' }] },
  })
}
const streams = createEventStreams(log)
createServer((request, response) => {
  streams.open(request, response, new URL(request.url ?? '', 'http://x').searchParams)
}).listen(path, () => process.send?.(log.counts().kept))
