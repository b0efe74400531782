import type { Observed } from '@contract/attached'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, expect, test } from 'vitest'
import { setLanguage } from '../../lib/words'
import type { Sound } from '../../lib/sound/create-sound'
import { PlayerContext, type PlayerDoors } from '../../ui/player/player-doors'
import { ChatContext, type ChatContextValue } from './chat-context'
import { ObservedParts } from './observed-part'

const observed = (source_kind: Observed['source_kind'], id: string): Observed => ({
  kind: 'observed',
  observation_id: id as never,
  source_id: 'desk' as never,
  source_kind,
  asset: {
    asset_id: `asset_${id}` as never,
    ...(source_kind === 'microphone_segment'
      ? { media_type: 'audio/wav', file_name: `${id}.wav`, duration_ms: 4_200 }
      : { media_type: 'image/png', file_name: `${id}.png` }),
    byte_length: 1,
  },
  captured_at_ms: Date.UTC(2026, 10, 29, 12),
})
const sound = {
  state: () => ({ recording: null, phase: 'paused', duration: 0 }),
  subscribe: () => () => undefined,
  placeOf: () => 0,
} as unknown as Sound
const drawn = (parts: readonly Observed[]) =>
  renderToStaticMarkup(
    <ChatContext value={{ onOpenAsset: () => undefined } as unknown as ChatContextValue}>
      <PlayerContext value={{ sound, speed: 1 } as unknown as PlayerDoors}>
        <ObservedParts parts={parts} />
      </PlayerContext>
    </ChatContext>,
  )
afterEach(() => setLanguage('en', []))

test('a card for each capture says what it is, when it was made, how long it is and who sent it', async () => {
  const markup = drawn([observed('microphone_segment', 'take'), observed('screen_snapshot', 'shot')])
  expect(markup.match(/<li/g)).toHaveLength(2)
  const words = markup.replaceAll(/<[^>]+>/g, ' ')
  expect(words).toMatch(/Recording · Nov 29, 2026[^·]* · desk\s+take\.wav\s+0:00\s+\/\s+0:04/)
  expect(markup).toContain('aria-label="Play"')
  expect(words).toMatch(/Screen · shot\.png\s+Nov 29, 2026[^·]* · desk/)
  expect(drawn([])).toBe('')
  await setLanguage('de', [])
  expect(drawn([observed('microphone_segment', 'take')])).toContain('Aufnahme take.wav öffnen')
})
