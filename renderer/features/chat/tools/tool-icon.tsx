import { AudioLines, Eye, Globe, Image, Search, SquarePen, Wrench, type LucideIcon } from 'lucide-react'
import type { CallGist } from './read-call'

const icons: Readonly<Record<CallGist['tool'], LucideIcon>> = {
  generate_image: Image,
  edit_image: SquarePen,
  generate_audio: AudioLines,
  emit_output: Eye,
  web_search: Search,
  web_fetch: Globe,
  other: Wrench,
}

export function ToolIcon({ tool }: Pick<CallGist, 'tool'>) {
  const Icon = icons[tool]
  return <Icon size={14} aria-hidden="true" className="shrink-0 text-faint" />
}
