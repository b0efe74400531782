import { File, FileAudio, FileCode, FileSpreadsheet, FileText, Image } from 'lucide-react'

const signs = {
  image: Image,
  audio: FileAudio,
  table: FileSpreadsheet,
  code: FileCode,
  text: FileText,
  file: File,
}

/** A sign for the type of a file; decoration. */
export function FileIcon({ mediaType, size = 18 }: { readonly mediaType: string; readonly size?: number }) {
  const Sign = signs[signOf(mediaType)]
  return <Sign size={size} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />
}

function signOf(mediaType: string): keyof typeof signs {
  if (mediaType.startsWith('image/')) return 'image'
  if (mediaType.startsWith('audio/')) return 'audio'
  if (mediaType === 'text/csv') return 'table'
  if (mediaType === 'application/json') return 'code'
  return mediaType.startsWith('text/') || mediaType === 'application/pdf' ? 'text' : 'file'
}
