interface Sign {
  readonly title: string
  readonly body: string
  readonly is_silent: boolean
}

export interface SignNeeds {
  readonly isFocused: () => boolean
  /** Nothing where the system has no notifications. */
  readonly show: (sign: {
    readonly title: string
    readonly body: string
    readonly silent: boolean
  }) => { close(): void } | undefined
}

/** One notification at a time, while another program is in front; null takes it away. */
export function createSign({ isFocused, show }: SignNeeds): (sign: Sign | null) => void {
  let shown: ReturnType<SignNeeds['show']>
  return (sign) => {
    shown?.close()
    shown = undefined
    if (!sign || isFocused()) return
    const { title, body, is_silent: silent } = sign
    shown = show({ title, body, silent })
  }
}
