/** What two connections say is put into one order again: an answer comes after the events that it already shows. */
export interface CatchUp {
  /** The stream has told everything up to there. */
  told(id: string): void
  /** Resolves when the stream has told that much, has ended, or is not quick enough. */
  upto(id: string | undefined): Promise<void>
  /** Nothing more is told. */
  end(): void
}

/** A person would rather see an answer early than wait longer than this for the stream. Milliseconds. */
const patienceMs = 300

/**
 * An answer names the last event there was when it was made, and is held back until the stream has told that one: what
 * is folded into it afterwards is newer. The other way round nothing waits. Newer events may be told before the answer,
 * because whoever asks for a snapshot keeps what arrives meanwhile and folds it in, or asks again.
 */
export function createCatchUp(): CatchUp {
  let told = ''
  let isOver = false
  const waiting = new Set<() => void>()
  const wake = (): void => waiting.forEach((look) => look())

  return {
    told(id) {
      told = id
      wake()
    },
    upto: (id) =>
      new Promise((resolve) => {
        const isDue = () => isOver || id === undefined || !isBefore(told, id)
        if (isDue()) return resolve()
        const give = () => {
          clearTimeout(limit)
          waiting.delete(look)
          resolve()
        }
        const look = () => isDue() && give()
        const limit = setTimeout(give, patienceMs)
        waiting.add(look)
      }),
    end() {
      isOver = true
      wake()
    },
  }
}

/** Of two boots neither is before the other. */
function isBefore(one: string, other: string): boolean {
  const [boot, number] = partsOf(one)
  const [otherBoot, otherNumber] = partsOf(other)
  return boot === otherBoot && number < otherNumber
}

function partsOf(id: string): readonly [boot: string, number: number] {
  const at = id.lastIndexOf('-')
  return [id.slice(0, at), Number(id.slice(at + 1))]
}
