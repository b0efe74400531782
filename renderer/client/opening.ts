import type { Answer } from '@contract/fault'
import { openingNames, type AnsweredAhead } from '@contract/opening'

/** Answers that were there before the questions. */
export interface Opening {
  /** The answer to exactly this question, once; undefined when nobody can have asked it ahead. */
  take(name: string, input: unknown): Promise<Answer<unknown>> | undefined
  /** From now on everything is asked anew. */
  end(): void
}

/** What the preload asked on the page's behalf (`app.opening`). A refusal or damage only means asking again. */
export function openOpening(
  answer: Promise<Answer<unknown>>,
  ask: (name: AnsweredAhead['name'], input: unknown) => Promise<Answer<unknown>>,
): Opening {
  let isOver = false
  const ahead = answer.then(read).catch(() => [])
  return {
    take(name, input) {
      if (isOver || !isOpeningName(name)) return undefined
      return ahead.then((answered) => {
        const wanted = JSON.stringify(input)
        const at = answered.findIndex((each) => each.name === name && JSON.stringify(each.input) === wanted)
        return (at < 0 ? undefined : answered.splice(at, 1)[0]?.answer) ?? ask(name, input)
      })
    },
    end: () => void (isOver = true),
  }
}

// The daemon's own types: text is how they travel.
const read = (answer: Answer<unknown>): AnsweredAhead[] =>
  answer.ok ? (JSON.parse(String(answer.value)) as AnsweredAhead[]) : []

const isOpeningName = (name: string): name is AnsweredAhead['name'] =>
  (openingNames as readonly string[]).includes(name)
