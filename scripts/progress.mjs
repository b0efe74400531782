// What a person sees while a script works: short lines on stderr, so that stdout stays clean for programs.
// A line that takes longer than a few seconds says every ten seconds how long it has been going.

/** A failure with one sentence for the person at the terminal; no stack is shown. */
export class Stop extends Error {}

export function say(line) {
  process.stderr.write(`${line}\n`)
}

export function seconds(since) {
  const passed = (performance.now() - since) / 1000
  return passed < 10 ? `${passed.toFixed(1)} s` : `${Math.round(passed)} s`
}

/** Runs `work` under a title and says how long it took when that was more than a moment. */
export async function during(title, work) {
  const started = performance.now()
  say(`· ${title}`)
  const ticker = setInterval(() => say(`  … still at it, ${seconds(started)}`), 10_000)
  try {
    const result = await work()
    if (performance.now() - started > 2000) say(`  done in ${seconds(started)}`)
    return result
  } finally {
    clearInterval(ticker)
  }
}
