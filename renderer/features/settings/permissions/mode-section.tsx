import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import type { Fault } from '@contract/fault'
import type { PermissionMode } from '@contract/routes'
import { useId, useState } from 'react'
import type { RendererClient } from '../../../client/client'
import { useWords } from '../../../lib/words'
import { FaultNote } from '../fault-note'
import { Section } from '../setting'
import { useAnswer } from '../use-answer'
import { modes } from './choices'
import { permissionWords } from './permission-words'

/** The five modes, each with what it comes to. */
export function ModeSection({ client }: { readonly client: RendererClient }) {
  const t = useWords(permissionWords)
  const runtime = useAnswer(client, 'runtime.get', {}, (event) => event.type === 'runtime.changed')
  const [refused, setRefused] = useState<Fault | null>(null)
  const id = useId()
  const put = async (mode: PermissionMode): Promise<void> => {
    const answer = await client.ask['runtime.setPermissionMode']({ mode })
    setRefused(answer.ok ? null : answer.fault)
    if (answer.ok) runtime.take(answer)
  }
  return (
    <Section title={t('mode')} hint={t('modeHint')}>
      {runtime.fault ? <FaultNote fault={runtime.fault} again={t('again')} onAgain={runtime.look} /> : null}
      <RadioGroup
        aria-label={t('mode')}
        value={runtime.value?.permission_mode ?? null}
        disabled={!runtime.value}
        onValueChange={(mode) => mode !== null && void put(mode)}
        className="flex flex-col gap-0.5 py-1.5"
      >
        {modes.map((mode) => (
          <Radio.Root
            key={mode}
            value={mode}
            aria-labelledby={`${id}-${mode}`}
            aria-describedby={`${id}-${mode}-hint`}
            className="group flex items-start gap-2.5 rounded-sm px-2 py-2 text-left hover:bg-hover data-[checked]:bg-selected"
          >
            <span
              aria-hidden="true"
              className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-canvas group-data-[checked]:border-accent group-data-[checked]:bg-accent"
            >
              <Radio.Indicator className="size-1.5 rounded-full bg-on-accent" />
            </span>
            <span>
              <span id={`${id}-${mode}`} className="block text-sm">
                {t(`modes.${mode}`)}
              </span>
              <span id={`${id}-${mode}-hint`} className="block text-xs text-muted">
                {t(`modeHints.${mode}`)}
              </span>
            </span>
          </Radio.Root>
        ))}
      </RadioGroup>
      {refused ? <FaultNote fault={refused} again={t('again')} onAgain={() => setRefused(null)} /> : null}
    </Section>
  )
}
