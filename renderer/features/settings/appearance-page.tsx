import { Minus, Monitor, Moon, Plus, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import { keyCaps } from '../../lib/keys'
import { formatLocale, useWords } from '../../lib/words'
import { IconButton } from '../../ui/icon-button'
import { Segmented } from '../../ui/segmented'
import { Select } from '../../ui/select'
import { Switch } from '../../ui/switch'
import { useSettings } from './settings-context'
import { settingsWords } from './words'

const textScales = [0.8, 0.9, 1, 1.1, 1.2, 1.35, 1.5] as const

/** How the window looks, moves and speaks. Every change holds at once. */
export function AppearancePage() {
  const t = useWords(settingsWords)
  const { client, preferences, onPreferences: onChange } = useSettings()
  const [mod = ''] = keyCaps('$mod', client.platform, formatLocale())
  return (
    <div className="flex flex-col gap-6">
      <Section title={t('look')}>
        <Setting name={t('theme')}>
          <Segmented
            name={t('theme')}
            value={preferences.theme}
            onChange={(theme) => onChange({ theme })}
            choices={[
              { value: 'system', words: t('themes.system'), icon: <Monitor size={13} aria-hidden="true" /> },
              { value: 'light', words: t('themes.light'), icon: <Sun size={13} aria-hidden="true" /> },
              { value: 'dark', words: t('themes.dark'), icon: <Moon size={13} aria-hidden="true" /> },
            ]}
          />
        </Setting>
        <Setting name={t('contrast')}>
          <Segmented
            name={t('contrast')}
            value={preferences.contrast}
            onChange={(contrast) => onChange({ contrast })}
            choices={(['system', 'normal', 'more'] as const).map((value) => ({
              value,
              words: t(`contrasts.${value}`),
            }))}
          />
        </Setting>
        <Setting name={t('motion')}>
          <Segmented
            name={t('motion')}
            value={preferences.reduce_motion}
            onChange={(reduce_motion) => onChange({ reduce_motion })}
            choices={(['system', 'off', 'on'] as const).map((value) => ({
              value,
              words: t(`motions.${value}`),
            }))}
          />
        </Setting>
        <Setting name={t('language')}>
          <Select
            name={t('language')}
            className="w-36"
            value={preferences.language}
            onChange={(language) => onChange({ language })}
            choices={(['system', 'en', 'de'] as const).map((value) => ({
              value,
              words: t(`languages.${value}`),
            }))}
          />
        </Setting>
      </Section>
      <Section title={t('chats')}>
        <Setting name={t('textSize')}>
          <TextSize value={preferences.text_scale} onChange={(text_scale) => onChange({ text_scale })} />
        </Setting>
        <Setting name={t('send')} hint={t(`sendHint.${preferences.send_with}`)}>
          <Segmented
            name={t('send')}
            value={preferences.send_with}
            onChange={(send_with) => onChange({ send_with })}
            choices={(['enter', 'mod_enter'] as const).map((value) => ({
              value,
              words: t(`sends.${value}`, { mod }),
            }))}
          />
        </Setting>
        <Setting name={t('notify')} hint={t('notifyHint')}>
          <Switch
            name={t('notify')}
            checked={preferences.notify_when_done}
            onChange={(notify_when_done) => onChange({ notify_when_done })}
          />
        </Setting>
      </Section>
    </div>
  )
}

function TextSize({
  value,
  onChange,
}: {
  readonly value: number
  readonly onChange: (value: number) => void
}) {
  const t = useWords(settingsWords)
  const smaller = textScales.findLast((scale) => scale < value - 0.001)
  const larger = textScales.find((scale) => scale > value + 0.001)
  const percent = new Intl.NumberFormat(formatLocale(), { style: 'percent' }).format(value)
  return (
    <div role="group" aria-label={t('textSize')} className="flex items-center gap-1">
      <IconButton
        name={t('smaller')}
        icon={<Minus size={14} />}
        disabled={smaller === undefined}
        onClick={() => smaller !== undefined && onChange(smaller)}
      />
      <span role="status" className="w-12 text-center tabular-nums">
        {percent}
      </span>
      <IconButton
        name={t('larger')}
        icon={<Plus size={14} />}
        disabled={larger === undefined}
        onClick={() => larger !== undefined && onChange(larger)}
      />
    </div>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 text-xs font-medium text-faint">{title}</h3>
      <div className="divided">{children}</div>
    </section>
  )
}

function Setting(props: { readonly name: string; readonly hint?: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
      <div className="min-w-0">
        <p className="text-sm">{props.name}</p>
        {props.hint === undefined ? null : <p className="text-xs text-faint">{props.hint}</p>}
      </div>
      {props.children}
    </div>
  )
}
