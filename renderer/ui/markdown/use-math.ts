import { useEffect, useState } from 'react'
import type { PluginConfig } from 'streamdown'

const plain: PluginConfig = {}
let loaded: PluginConfig | null = null

/** Streamdown's plugins for a text: with mathematics once its chunk is here, and only where it is needed. */
export function useMath(isNeeded: boolean): PluginConfig {
  const [plugins, setPlugins] = useState(loaded)
  useEffect(() => {
    if (!isNeeded || plugins) return
    let isCurrent = true
    void import('./math').then(({ math }) => {
      loaded ??= { math }
      if (isCurrent) setPlugins(loaded)
    })
    return () => {
      isCurrent = false
    }
  }, [isNeeded, plugins])
  return isNeeded && plugins ? plugins : plain
}
