import { useWords, type Say } from '../../../lib/words'
import type { CallGist } from './read-call'
import { toolWords } from './tool-words'

/** What a call does, in plain words; a tool without any goes by its name. */
export function titleOf(
  { tool, count }: CallGist,
  name: string,
  say: Say<(typeof toolWords)['words']>,
): string {
  if (tool === 'other') return name
  return tool === 'generate_image' ? say('making', { count }) : say(`titles.${tool}`)
}

export function ToolTitle({ gist, name }: { readonly gist: CallGist; readonly name: string }) {
  const say = useWords(toolWords)
  const subject = gist.host ?? gist.subject
  return (
    <span className="flex min-w-0 grow items-baseline gap-2 text-left">
      <span className={gist.tool === 'other' ? 'shrink-0 font-mono text-xs' : 'shrink-0 text-sm'}>
        {titleOf(gist, name, say)}
      </span>
      {subject === '' ? null : <span className="truncate text-xs text-faint">{subject}</span>}
    </span>
  )
}
