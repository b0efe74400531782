/** What a keychain asks the process that may hang in its place. */
export interface KeychainQuestion {
  readonly id: number
  readonly op: 'probe' | 'get' | 'set' | 'delete'
  readonly service: string
  readonly account: string
  readonly secret?: string
}

export type KeychainAnswer =
  | { readonly id: number; readonly value: string | boolean | null }
  /** `reason` tells what is known without reading `text`, the system's own words. */
  | {
      readonly id: number
      readonly reason: 'no_library' | 'no_keyring' | 'locked' | 'refused'
      readonly text: string
    }

/** That process: an Electron utility process under the window, a Node child elsewhere. It keeps nobody alive. */
export interface KeychainChild {
  ask(question: KeychainQuestion): void
  hear(listener: (answer: KeychainAnswer) => void): void
  /** Called once, however it ended. */
  ended(listener: () => void): void
  /** At once, whatever it is waiting for. */
  kill(): void
}

export type ForkKeychain = () => KeychainChild
