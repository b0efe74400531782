import { z } from 'zod'
import type { Transcript } from '../ports/driver'
import type { CallFacts } from './faults'
import { readUsage, refuseError } from './images-answer'
import { fieldsOf, listOf, textIn } from './images-found'

const count = z.number().nonnegative().nullish().catch(null)
/** By seconds or by tokens, as it is priced; never both for sure. */
const Counted = z.looseObject({ seconds: count, input_tokens: count, output_tokens: count })

/** `text`, else what an assistant says in `choices` (contract 10.4); empty for silence, which is paid for all the same. */
export function readTranscript(body: unknown, facts: CallFacts, now: number): Transcript {
  const fields = fieldsOf(body)
  const choices = listOf(fields['choices']).map(fieldsOf)
  for (const choice of choices) refuseError(choice, facts, now)
  const id = facts.generation_id ?? textIn(fields['id'])
  const said = textIn(fields['text']).trim() || choices.map(saidIn).join('\n').trim()
  const usage = usageIn(fields['usage'])
  return {
    text: said,
    ...(usage ? { usage } : {}),
    ...(id ? { generation_id: id } : {}),
  }
}

function saidIn(choice: Readonly<Record<string, unknown>>): string {
  const { role, content } = fieldsOf(choice['message'])
  if (role !== undefined && role !== 'assistant') return ''
  const parts = listOf(content).map((part) => textIn(fieldsOf(part)['text']))
  return [textIn(content), ...parts].filter(Boolean).join('\n')
}

function usageIn(given: unknown): Transcript['usage'] {
  const { usage } = readUsage(given)
  const { data } = Counted.safeParse(given)
  const known = {
    ...(typeof data?.input_tokens === 'number' ? { prompt_tokens: data.input_tokens } : {}),
    ...(typeof data?.output_tokens === 'number' ? { completion_tokens: data.output_tokens } : {}),
    ...usage,
    ...(typeof data?.seconds === 'number' ? { seconds: data.seconds } : {}),
  }
  return Object.keys(known).length > 0 ? known : undefined
}
