import type { Bridge } from '@contract/bridge'

declare global {
  interface Window {
    readonly kheish: Bridge
  }
}
