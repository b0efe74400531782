import { useEffect, useState } from 'react'
import type { RendererClient } from '../../../client/client'

/** The slots that hold a key; null until the keychain has answered. */
export function useSlots(client: RendererClient): readonly string[] | null {
  const [slots, setSlots] = useState<readonly string[] | null>(null)
  useEffect(() => {
    void client.ask['secrets.list']({}).then((answer) => {
      if (answer.ok) setSlots(answer.value.slots.map((slot) => slot.slot_id))
    })
    return client.listen((event) => {
      if (event.type === 'secrets.changed') setSlots(event.secrets.slots.map((slot) => slot.slot_id))
    })
  }, [client])
  return slots
}
