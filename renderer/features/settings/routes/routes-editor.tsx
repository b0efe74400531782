import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { faultCatalogue, faultWords } from '../../../lib/fault-words'
import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { Callout } from '../../../ui/callout'
import { CodeEditor, type CodeEditorHandle, type EditorMemory } from '../../../ui/code-editor/code-editor'
import type { TextMark } from '../../../ui/code-editor/place'
import { FaultWays } from '../../../ui/fault-ways'
import { ProblemList } from './problem-list'
import { type Problem, problemsOf } from './problems'
import { ruleWords } from './rule-words'
import { RoutesContext, type RoutesDeskValue } from './routes-context'
import { RoutesForm } from './routes-form'
import { isChecking } from './routes-state'
import type { RoutesStore } from './routes-store'
import { RoutesToolbar } from './routes-toolbar'
import { routesWords } from './words'

export interface RoutesEditorProps extends Omit<RoutesDeskValue, 'problems'> {
  readonly onReveal: () => void
  /** After a save that worked. */
  readonly onSaved?: () => void
  readonly saveWords?: string
  readonly hidesState?: boolean
  /** Between toolbar and editor: what else there is to say of the file. */
  readonly children?: ReactNode
}

/** Where each text was left, for as long as its store lives. */
const memories = new WeakMap<RoutesStore, EditorMemory>()

/** The routes file as a form and as text, side by side where there is room. Both are one text with one history. */
export function RoutesEditor(props: RoutesEditorProps) {
  const { store, models, slots, onOpenKeys } = props
  const t = useWords(routesWords)
  const tRule = useWords(ruleWords)
  const text = useStore(store, (state) => state.text)
  const report = useStore(store, (state) => state.checked?.report)
  const isLooking = useStore(store, isChecking)
  const editor = useRef<CodeEditorHandle>(null)
  const [depth, setDepth] = useState({ undo: 0, redo: 0 })
  const problems = useMemo(() => (report ? problemsOf(report, tRule) : []), [report, tRule])
  const marks = useMemo(
    () =>
      problems.flatMap((problem): TextMark[] =>
        problem.line === undefined ? [] : [{ ...problem, line: problem.line }],
      ),
    [problems],
  )
  const desk = useMemo(
    () => ({ store, problems, models, slots, ...(onOpenKeys ? { onOpenKeys } : {}) }),
    [store, problems, models, slots, onOpenKeys],
  )
  const goTo = ({ line, column }: Pick<Problem, 'line' | 'column'>): void => {
    if (line !== undefined) editor.current?.reveal({ line, ...(column === undefined ? {} : { column }) })
  }
  const save = async (): Promise<void> => {
    if (await store.save()) props.onSaved?.()
    else goTo(marks.find(({ tone }) => tone === 'error') ?? {})
  }
  const hear = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return
    const key = event.key.toLowerCase()
    if (key === 's' && !event.shiftKey) {
      event.preventDefault()
      event.stopPropagation()
      void save()
      return
    }
    // The text has its own keys for its history, and so has a field while somebody types in it.
    if (event.target instanceof HTMLInputElement || isInText(event.target) || (key !== 'z' && key !== 'y'))
      return
    event.preventDefault()
    if (key === 'y' || event.shiftKey) editor.current?.redo()
    else editor.current?.undo()
  }
  return (
    <RoutesContext value={desk}>
      <div role="group" aria-label={t('text')} onKeyDown={hear} className="flex min-h-0 grow flex-col">
        <div className="flex shrink-0 flex-col gap-3 border-b border-line px-5 py-3">
          <RoutesToolbar
            depth={depth}
            onUndo={() => editor.current?.undo()}
            onRedo={() => editor.current?.redo()}
            onSave={() => void save()}
            onReveal={props.onReveal}
            {...(props.saveWords === undefined ? {} : { saveWords: props.saveWords })}
            hidesState={props.hidesState === true}
          />
          <Notices store={store} />
          {props.children}
        </div>
        <div className="flex min-h-0 grow flex-col overflow-y-auto lg:flex-row lg:overflow-hidden">
          <section
            aria-label={t('form')}
            className="p-5 lg:w-[44%] lg:shrink-0 lg:overflow-y-auto lg:border-r lg:border-line"
          >
            <RoutesForm onGoTo={() => goTo(marks[0] ?? { line: 1 })} />
          </section>
          <div className="flex min-w-0 grow flex-col gap-1 p-5 pb-3 max-lg:shrink-0 max-lg:pt-0">
            <CodeEditor
              name={t('text')}
              handle={editor}
              text={text}
              onText={(next) => store.write(next)}
              onHistory={setDepth}
              marks={marks}
              memory={memoryOf(store)}
              className="grow max-lg:h-80 max-lg:flex-none"
            />
            <ProblemList problems={problems} isChecking={isLooking} onGoTo={goTo} />
          </div>
        </div>
      </div>
    </RoutesContext>
  )
}

function Notices({ store }: { readonly store: RoutesStore }) {
  const t = useWords(routesWords)
  const fault = useStore(store, (state) => state.fault)
  const isConflict = useStore(store, (state) => state.isConflict)
  const doing = useStore(store, (state) => state.doing)
  const tFault = useWords(faultCatalogue)
  if (isConflict) {
    return (
      <Callout
        tone="warn"
        role="alert"
        title={t('conflictTitle')}
        actions={
          <>
            <Button size="small" onClick={() => void store.loadTheirs()}>
              {t('loadTheirs')}
            </Button>
            <Button
              size="small"
              className="text-danger"
              busy={doing === 'saving'}
              onClick={() => void store.overwrite()}
            >
              {t('overwrite')}
            </Button>
          </>
        }
      >
        {fault ? faultWords(fault, tFault).body : t('conflictBody')}
      </Callout>
    )
  }
  if (!fault) return null
  // What is wrong, and where, stands under the text.
  if (fault.domain === 'routes' && fault.code !== 'route_file_write_failed')
    return (
      <Callout tone="danger" role="alert">
        {t('cannotSave')}
      </Callout>
    )
  const words = faultWords(fault, tFault)
  return (
    <Callout
      tone="danger"
      role="alert"
      title={words.title}
      actions={<FaultWays offers={words.offers} except="open-routes" />}
    >
      {words.body}
    </Callout>
  )
}

function memoryOf(store: RoutesStore): EditorMemory {
  const memory = memories.get(store) ?? {}
  memories.set(store, memory)
  return memory
}

/** From outside, what happens in the editor happens to its host. */
const isInText = (target: EventTarget): boolean => target instanceof HTMLElement && target.shadowRoot !== null
