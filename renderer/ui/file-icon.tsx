import { AudioLines, FileBraces, FileSpreadsheet, FileText, FileType, Image } from 'lucide-react'

const documents: Readonly<Record<string, typeof FileText>> = {
  'application/json': FileBraces,
  'application/pdf': FileType,
  'text/csv': FileSpreadsheet,
}

/** Stands for a file where there is no picture of it. */
export function FileIcon({ mediaType, size }: { readonly mediaType: string; readonly size: number }) {
  const Icon = mediaType.startsWith('image/')
    ? Image
    : mediaType.startsWith('audio/')
      ? AudioLines
      : (documents[mediaType] ?? FileText)
  return <Icon size={size} strokeWidth={size > 20 ? 1.5 : 2} aria-hidden="true" />
}
