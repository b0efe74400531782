import { useSettings } from '../settings-context'
import { ModeSection } from './mode-section'
import { RulesSection } from './rules-section'

/** What tools may do: one choice for all of them, and rules for some (contract 9.8). */
export function PermissionsPage() {
  const { client, sessionId } = useSettings()
  return (
    <div className="flex flex-col gap-6">
      <ModeSection client={client} />
      <RulesSection client={client} sessionId={sessionId} />
    </div>
  )
}
