import type { Behaviour } from '@contract/permissions'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { RendererClient } from '../../../client/client'
import { useWords } from '../../../lib/words'
import { Button } from '../../../ui/button'
import { Select } from '../../../ui/select'
import { Setting } from '../setting'
import { useAnswer } from '../use-answer'
import { behaviours } from './choices'
import { permissionWords } from './permission-words'

/** There whether or not a route offers them now: a rule may be made ahead. */
const builtIn = ['web_search', 'web_fetch', 'generate_image', 'edit_image', 'generate_audio', 'emit_output']

/** A rule for everywhere: which tool, and what it may. */
export function AddRule(props: {
  readonly client: RendererClient
  readonly onAdd: (pattern: string, behaviour: Behaviour) => Promise<void>
}) {
  const t = useWords(permissionWords)
  const offered = useAnswer(props.client, 'tools.list', {})
  const [tool, setTool] = useState(builtIn[0] ?? '*')
  const [behaviour, setBehaviour] = useState<Behaviour>('ask')
  const names = [...new Set([...builtIn, ...(offered.value?.tools ?? []).map(({ name }) => name)]), '*']
  return (
    <Setting name={t('add')}>
      <div className="flex flex-wrap items-center gap-1.5">
        <Select
          name={t('tool')}
          className="w-44"
          value={tool}
          choices={names.map((value) => ({ value, words: value === '*' ? t('every') : value }))}
          onChange={setTool}
        />
        <Select
          name={t('decision')}
          className="w-32"
          value={behaviour}
          choices={behaviours.map((value) => ({ value, words: t(`behaviours.${value}`) }))}
          onChange={setBehaviour}
        />
        <Button
          icon={<Plus size={14} aria-hidden="true" />}
          onClick={() => void props.onAdd(tool, behaviour)}
        >
          {t('addButton')}
        </Button>
      </div>
    </Setting>
  )
}
