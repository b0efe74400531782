import { Popover } from '@base-ui/react/popover'
import { createContext, useCallback, useContext, useRef, useState, type ReactNode } from 'react'
import { useWords } from '../../lib/words'
import { Button } from '../button'
import { markdownWords } from './words'

/** Follows an address that somebody pressed; `anchor` is where to ask. */
export type Follow = (url: string, anchor: Element) => void

const FollowContext = createContext<Follow>(() => undefined)
export const useFollow = (): Follow => useContext(FollowContext)

/** Stands between the links of answers and the browser: the first time for each host it asks. */
export function LinkGate(props: {
  readonly onOpenLink: (url: string) => void
  readonly children: ReactNode
}) {
  const { onOpenLink } = props
  const agreed = useRef(new Set<string>())
  const [asking, setAsking] = useState<{ readonly url: string; readonly anchor: Element } | null>(null)
  const follow = useCallback<Follow>(
    (url, anchor) => {
      if (agreed.current.has(hostOf(url))) onOpenLink(url)
      else setAsking({ url, anchor })
    },
    [onOpenLink],
  )
  return (
    <FollowContext value={follow}>
      {props.children}
      <Popover.Root open={asking !== null} onOpenChange={(open) => open || setAsking(null)}>
        {asking ? (
          <Question
            url={asking.url}
            anchor={asking.anchor}
            onAnswer={(yes) => {
              setAsking(null)
              if (!yes) return
              agreed.current.add(hostOf(asking.url))
              onOpenLink(asking.url)
            }}
          />
        ) : null}
      </Popover.Root>
    </FollowContext>
  )
}

function Question(props: {
  readonly url: string
  readonly anchor: Element
  readonly onAnswer: (yes: boolean) => void
}) {
  const say = useWords(markdownWords)
  return (
    <Popover.Portal>
      <Popover.Positioner anchor={props.anchor} side="top" sideOffset={6} className="z-50">
        <Popover.Popup className="popup w-80 p-3">
          <Popover.Title className="text-sm font-semibold wrap-anywhere">
            {say('openTitle', { host: hostOf(props.url) })}
          </Popover.Title>
          <Popover.Description className="mt-1 text-xs text-muted">{say('openBody')}</Popover.Description>
          <p className="selectable mt-2 line-clamp-3 rounded-sm bg-surface px-2 py-1 font-mono text-2xs wrap-anywhere text-faint">
            {props.url}
          </p>
          <div className="mt-3 flex justify-end gap-2">
            <Button size="small" variant="ghost" onClick={() => props.onAnswer(false)}>
              {say('cancel')}
            </Button>
            <Button size="small" variant="primary" onClick={() => props.onAnswer(true)}>
              {say('open')}
            </Button>
          </div>
        </Popover.Popup>
      </Popover.Positioner>
    </Popover.Portal>
  )
}

/** The part of an address that tells whose it is: the host, or the mail address. */
export function hostOf(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url)
    return protocol === 'mailto:' ? decodeURIComponent(pathname) : host
  } catch {
    return url
  }
}

/** Only these leave the window. */
export const isOpenable = (url: string | undefined): url is string =>
  url !== undefined && /^(https:\/\/|mailto:)/i.test(url) && URL.canParse(url)
