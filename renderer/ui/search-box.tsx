import { Search, X } from 'lucide-react'
import { type ComponentProps, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { classNames } from './class-names'
import { SearchField } from './search-field'

export interface SearchBoxProps extends Pick<ComponentProps<'input'>, 'ref' | 'aria-keyshortcuts'> {
  readonly name: string
  /** What is searched for now; when something else empties it, so is the field. */
  readonly query: string
  readonly onSearch: (text: string) => void
  /** To what stands below. */
  readonly onDown: (field: HTMLInputElement) => void
  readonly onEnter?: (text: string) => void
  /** Of the box. */
  readonly className?: string
}

/** A pause of this many milliseconds in typing, and the search begins. */
const pause = 120

/** Searches what stands below while somebody types. Escape empties it, Arrow Down leads on. */
export function SearchBox(props: SearchBoxProps) {
  const { query, onSearch, onDown, onEnter } = props
  const [text, setText] = useState(query)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    if (query === '') setText('')
  }, [query])
  useEffect(() => () => clearTimeout(timer.current), [])

  const change = (value: string): void => {
    setText(value)
    clearTimeout(timer.current)
    if (value.trim() === query.trim()) return
    if (value.trim() === '') onSearch('')
    else timer.current = setTimeout(() => onSearch(value), pause)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape' && text !== '') change('')
    else if (event.key === 'ArrowDown') onDown(event.currentTarget)
    else if (event.key === 'Enter' && onEnter && text.trim() !== '') {
      clearTimeout(timer.current)
      onEnter(text)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={classNames('relative', props.className)}>
      <Search size={14} aria-hidden="true" className="absolute top-2.25 left-2.5 text-faint" />
      <SearchField
        ref={props.ref}
        name={props.name}
        aria-keyshortcuts={props['aria-keyshortcuts']}
        value={text}
        onChange={change}
        onKeyDown={onKeyDown}
        className="h-8 w-full rounded-sm bg-hover pr-7 pl-8 text-sm"
      />
      {text === '' ? null : (
        <button
          type="button"
          aria-hidden="true"
          tabIndex={-1}
          onClick={() => change('')}
          className="absolute top-1 right-1 flex size-6 items-center justify-center rounded-xs text-faint hover:text-ink"
        >
          <X size={14} />
        </button>
      )}
    </div>
  )
}
