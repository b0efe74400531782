import { CommandLineSection } from './command-line-section'
import { DoctorSection } from './doctor-section'
import { EvidenceSection } from './evidence-section'
import { LogSection } from './log-section'
import { StatusSection } from './status-section'
import { useSettings } from '../settings-context'

/** What works, what does not and why, and what can be shown to somebody who helps. */
export function DiagnosticsPage() {
  const { client } = useSettings()
  return (
    <div className="flex flex-col gap-6">
      <StatusSection client={client} />
      <DoctorSection client={client} />
      <EvidenceSection client={client} />
      <LogSection client={client} />
      <CommandLineSection client={client} />
    </div>
  )
}
