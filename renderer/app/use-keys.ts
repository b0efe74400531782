import { useCallback, useMemo } from 'react'
import { keysInForce } from '../lib/shortcuts'
import { useAppState } from './app-context'
import { commands, type CommandId } from './commands'

/** The keys of a command as the person has them; empty where it has none. Changes with the preferences. */
export function useKeys(): (id: CommandId) => string {
  const chosen = useAppState(({ preferences }) => preferences.shortcuts)
  const keys = useMemo(() => keysInForce(commands, chosen), [chosen])
  return useCallback((id) => keys.get(id) ?? '', [keys])
}
