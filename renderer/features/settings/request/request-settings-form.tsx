import type { ReactNode } from 'react'
import { useId } from 'react'
import { useWords } from '../../../lib/words'
import { Select } from '../../../ui/select'
import { Switch } from '../../../ui/switch'
import { TextField } from '../../../ui/text-field'
import type { DraftProblem, DraftProblems, RequestDraft } from './request-draft'
import { requestWords } from './request-words'

export interface RequestSettingsFormProps {
  readonly draft: RequestDraft
  readonly problems: DraftProblems
  /** What holds where this form says nothing. */
  readonly inherited: RequestDraft
  readonly onChange: (change: Partial<RequestDraft>) => void
}

const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const
const sorts = ['price', 'throughput', 'latency'] as const
type TextKey = { [K in keyof RequestDraft]: string extends RequestDraft[K] ? K : never }[keyof RequestDraft]

/** What it means that nothing stands in a field, here and everywhere else. */
const placeholders = {
  temperature: 'standard',
  maxTokens: 'standard',
  fallbackModels: 'noModel',
  only: 'anybody',
  order: 'standard',
  ignore: 'nobody',
  maxPrompt: 'anyPrice',
  maxCompletion: 'anyPrice',
} as const satisfies Record<TextKey, string>

/** How an answer is made, who may make it, and what they may keep. Empty means: as the wider scope says. */
export function RequestSettingsForm({ draft, problems, inherited, onChange }: RequestSettingsFormProps) {
  const t = useWords(requestWords)
  const problemWords = (problem: DraftProblem | undefined, to: number): string | undefined =>
    problem === undefined ? undefined : problem === 'badNumber' ? t(problem, { from: 0, to }) : t(problem)
  const text = (key: TextKey, label: string, hint: string, more: { mono?: boolean; to?: number } = {}) => (
    <TextField
      label={label}
      hint={hint}
      mono={more.mono === true}
      value={draft[key]}
      placeholder={inherited[key] || t(placeholders[key])}
      problem={problemWords(problems[key], more.to ?? 0)}
      onChange={(event) => onChange({ [key]: event.target.value })}
    />
  )
  const inheritWords = (value: string | undefined): string =>
    value === undefined ? t('standard') : t('inherited', { value })
  return (
    <div className="flex flex-col gap-6">
      <Group title={t('answer')}>
        {text('temperature', t('temperature'), t('temperatureHint'), { to: 2 })}
        {text('maxTokens', t('maxTokens'), t('maxTokensHint'))}
        <Choice
          label={t('effort')}
          value={draft.effort}
          onChange={(effort) => onChange({ effort })}
          choices={[
            {
              value: 'inherit',
              words: inheritWords(
                inherited.effort === 'inherit' ? undefined : t(`efforts.${inherited.effort}`),
              ),
            },
            ...efforts.map((value) => ({ value, words: t(`efforts.${value}`) })),
          ]}
        />
        <div className="sm:col-span-2">
          {text('fallbackModels', t('fallback'), t('fallbackHint'), { mono: true })}
        </div>
      </Group>
      <Group title={t('providers')} hint={t('slugsHint')}>
        {text('only', t('only'), t('onlyHint'), { mono: true })}
        {text('order', t('order'), t('orderHint'), { mono: true })}
        {text('ignore', t('ignore'), ' ', { mono: true })}
        <Choice
          label={t('allowFallbacks')}
          value={draft.allowFallbacks}
          onChange={(allowFallbacks) => onChange({ allowFallbacks })}
          choices={[
            {
              value: 'inherit',
              words: inheritWords(
                inherited.allowFallbacks === 'inherit' ? undefined : t(inherited.allowFallbacks),
              ),
            },
            { value: 'on', words: t('on') },
            { value: 'off', words: t('off') },
          ]}
        />
        <Choice
          label={t('sort')}
          value={draft.sort}
          onChange={(sort) => onChange({ sort })}
          choices={[
            {
              value: 'inherit',
              words: inheritWords(inherited.sort === 'inherit' ? undefined : t(`sorts.${inherited.sort}`)),
            },
            ...sorts.map((value) => ({ value, words: t(`sorts.${value}`) })),
          ]}
        />
        <div aria-hidden="true" className="max-sm:hidden" />
        {text('maxPrompt', t('maxPrompt'), t('priceHint'), { to: 1_000_000 })}
        {text('maxCompletion', t('maxCompletion'), ' ', { to: 1_000_000 })}
      </Group>
      <section className="flex flex-col gap-2">
        <Title title={t('privacy')} hint={t('privacyHint')} />
        <PrivacySwitch
          words={t('zdr')}
          checked={draft.zdr}
          isStrict={inherited.zdr}
          onChange={(zdr) => onChange({ zdr })}
        />
        <PrivacySwitch
          words={t('training')}
          checked={draft.noTraining}
          isStrict={inherited.noTraining}
          onChange={(noTraining) => onChange({ noTraining })}
        />
      </section>
    </div>
  )
}

function Title({ title, hint }: { readonly title: string; readonly hint?: string }) {
  return (
    <div>
      <h3 className="text-xs font-medium text-faint">{title}</h3>
      {hint === undefined ? null : <p className="text-xs text-faint">{hint}</p>}
    </div>
  )
}

function Group(props: { readonly title: string; readonly hint?: string; readonly children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <Title title={props.title} {...(props.hint === undefined ? {} : { hint: props.hint })} />
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">{props.children}</div>
    </section>
  )
}

function Choice<Value extends string>(props: {
  readonly label: string
  readonly value: Value
  readonly choices: readonly { readonly value: Value; readonly words: string }[]
  readonly onChange: (value: Value) => void
}) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <span aria-hidden="true" className="text-sm font-medium">
        {props.label}
      </span>
      <Select
        name={props.label}
        className="h-9 w-full min-w-0"
        value={props.value}
        choices={props.choices}
        onChange={props.onChange}
      />
    </div>
  )
}

/** A switch that a wider scope has thrown can't be thrown back here. */
function PrivacySwitch(props: {
  readonly words: string
  readonly checked: boolean
  readonly isStrict: boolean
  readonly onChange: (checked: boolean) => void
}) {
  const t = useWords(requestWords)
  const hint = useId()
  return (
    <div className="flex items-center justify-between gap-4">
      <div className="min-w-0">
        <p className="text-sm">{props.words}</p>
        {props.isStrict ? (
          <p id={hint} className="text-xs text-faint">
            {t('strict')}
          </p>
        ) : null}
      </div>
      <Switch
        name={props.words}
        checked={props.checked || props.isStrict}
        disabled={props.isStrict}
        onChange={props.onChange}
      />
    </div>
  )
}
