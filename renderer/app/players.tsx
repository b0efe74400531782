import type { Answer } from '@contract/fault'
import type { AssetId } from '@contract/ids'
import { useMemo, type ReactNode } from 'react'
import { faultWords } from '../lib/fault-words'
import { PlayerContext, type PlayerDoors, type Transcript } from '../ui/player/player-doors'
import { useApp, useAppState } from './app-context'
import { setPreferences, type App } from './app-store'
import { deedsOf } from './library-actions'

/** Characters of a transcript that a player shows. */
const shownText = 50_000

/** Whatever shows a recording below this plays it in the one place where the window plays. */
export function Players({ children }: { readonly children: ReactNode }) {
  const app = useApp()
  const speed = useAppState((state) => state.preferences.playback_speed)
  const fixed = useMemo(() => doorsOf(app), [app])
  const doors = useMemo(() => ({ ...fixed, speed }), [fixed, speed])
  return <PlayerContext value={doors}>{children}</PlayerContext>
}

function doorsOf(app: App): Omit<PlayerDoors, 'speed'> {
  const { client, sound, peaksOf } = app
  const deeds = deedsOf(app)
  const read = async (asset_id: AssetId): Promise<Transcript> => {
    const answer = await client.ask['assets.text']({ asset_id, limit: shownText })
    if (answer.ok) return { is: 'text', text: answer.value.text, isCut: answer.value.is_cut }
    return answer.fault.code === 'asset_not_found' ? { is: 'none' } : failed(answer)
  }
  return {
    sound,
    peaksOf,
    onSpeed: (playback_speed) => void setPreferences(app, { playback_speed }),
    onSave: (id) => void deeds.onSave(id),
    transcriptOf: read,
    onTranscript: (id, changed) =>
      client.listen((event) => {
        if (event.type !== 'derivation.added') return
        const { profile, subject, status } = event.derivation
        if (profile === 'canonical_text' && status === 'completed' && subject.type === 'asset')
          if (subject.asset_id === id) changed()
      }),
    async transcribe(asset_id) {
      const answer = await client.ask['derivations.create']({
        profile: 'canonical_text',
        subject: { type: 'asset', asset_id },
        force_refresh: false,
        retry_failed: true,
      })
      if (!answer.ok) return failed(answer)
      const { text } = answer.value
      return text === undefined ? read(asset_id) : { is: 'text', text, isCut: false }
    },
  }
}

const failed = ({ fault }: Extract<Answer<unknown>, { ok: false }>): Transcript => ({
  is: 'failed',
  ...faultWords(fault),
})
