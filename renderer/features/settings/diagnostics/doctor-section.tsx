import type { DoctorReport } from '@contract/routes'
import type { Fault } from '@contract/fault'
import { useState } from 'react'
import type { RendererClient } from '../../../client/client'
import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { Callout } from '../../../ui/callout'
import { diagnosticsWords } from './diagnostics-words'
import { FaultNote } from '../fault-note'
import { Section, Setting } from '../setting'

/** `doctor.routes` on the file in force, with its keys and all that refers to its routes; no network. */
export function DoctorSection({ client }: { readonly client: RendererClient }) {
  const t = useWords(diagnosticsWords)
  const [report, setReport] = useState<DoctorReport | null>(null)
  const [fault, setFault] = useState<Fault | null>(null)
  const [isBusy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    const answer = await client.ask['doctor.routes']({ check_auth: true, check_references: true })
    setBusy(false)
    setFault(answer.ok ? null : answer.fault)
    setReport(answer.ok ? answer.value : null)
  }
  return (
    <Section title={t('doctor')}>
      <Setting name={t('doctorCheck')} hint={t('doctorHint')}>
        <Button busy={isBusy} onClick={() => void run()}>
          {t('runDoctor')}
        </Button>
      </Setting>
      {fault ? <FaultNote fault={fault} again={t('again')} onAgain={() => void run()} /> : null}
      {report ? <Report report={report} /> : null}
    </Section>
  )
}

function Report({ report }: { readonly report: DoctorReport }) {
  const t = useWords(diagnosticsWords)
  const findings = [
    ...report.errors.map((each) => ({ tone: 'danger' as const, text: each.detail, each })),
    ...report.warnings.map((each) => ({ tone: 'warn' as const, text: each.message, each })),
  ]
  if (findings.length === 0) {
    return (
      <div className="py-2">
        <Callout role="status">{t('sound', { source: report.source })}</Callout>
      </div>
    )
  }
  return (
    <ul role="status" className="flex flex-col gap-2 py-2">
      {findings.map(({ tone, text, each }, at) => (
        // A report does not change once it is there.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={at}>
          <Callout tone={tone}>
            {text}{' '}
            <span className="font-mono text-2xs text-faint">
              {each.code}
              {'line' in each && each.line !== undefined ? ` · ${t('line', { line: each.line })}` : ''}
            </span>
          </Callout>
        </li>
      ))}
    </ul>
  )
}
