import { File, FileAudio, FileCode, FileSpreadsheet, FileText, Image } from 'lucide-react'

/** A sign for the type of a file; decoration. */
export function FileIcon({ mediaType, size = 18 }: { readonly mediaType: string; readonly size?: number }) {
  const Icon = iconOf(mediaType)
  return <Icon size={size} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />
}

function iconOf(mediaType: string): typeof File {
  if (mediaType.startsWith('image/')) return Image
  if (mediaType.startsWith('audio/')) return FileAudio
  if (mediaType === 'text/csv') return FileSpreadsheet
  if (mediaType === 'application/json') return FileCode
  return mediaType.startsWith('text/') || mediaType === 'application/pdf' ? FileText : File
}
