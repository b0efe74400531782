import type { Approval } from '@contract/permissions'
import { useWords } from '../../../lib/words'
import { thumbnailUri } from '../../../lib/thumbnail-uri'
import { Picture } from '../../../ui/picture'
import { approvalWords } from './approval-words'
import type { CallGist } from './read-call'
import { toolWords } from './tool-words'

/** What a call would do, in a sentence, and with what: the whole address, the search or the words. */
export function CallSubject({ approval, gist }: { readonly approval: Approval; readonly gist: CallGist }) {
  return (
    <>
      <p>{useLead(approval, gist)}</p>
      {gist.subject === '' ? null : (
        <p
          className={`selectable mt-1.5 max-h-40 overflow-y-auto rounded-sm border border-line bg-raised px-2.5 py-1.5 whitespace-pre-wrap wrap-anywhere ${gist.tool === 'web_fetch' ? 'font-mono text-xs' : ''}`}
        >
          {gist.subject}
        </p>
      )}
      {gist.sources.length > 0 ? <Sources ids={gist.sources} /> : null}
    </>
  )
}

function useLead({ tool_name, tool_class }: Approval, { tool, count, host }: CallGist): string {
  const say = useWords(approvalWords)
  switch (tool) {
    case 'generate_image':
      return say('lead.generate_image', { count })
    case 'web_fetch':
      return host === undefined ? say('lead.web_fetchAnywhere') : say('lead.web_fetch', { host })
    case 'other': {
      const isOpen = tool_class === 'shell' || tool_class === 'write'
      return say(`lead.${isOpen ? tool_class : 'other'}`, { tool: tool_name })
    }
    default:
      return say(`lead.${tool}`)
  }
}

function Sources({ ids }: { readonly ids: CallGist['sources'] }) {
  const say = useWords(approvalWords)
  const sayTool = useWords(toolWords)
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      {ids.map((id) => (
        <Picture
          key={id}
          src={thumbnailUri(id)}
          name={say('source', { name: id })}
          lost={sayTool('lost')}
          className="size-14 rounded-md border border-line object-cover"
        />
      ))}
    </div>
  )
}
