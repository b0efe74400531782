import { Image } from 'lucide-react'

/** Lucide's signs, all lines of each as one: a page full of files has two elements for a sign, not seven. */
const fold = 'M14 2v5a1 1 0 0 0 1 1h5'
const page = `M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2z${fold}`
const lines = {
  audio: `M4 6.835V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.706.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2h-.343${fold}M2 19a2 2 0 0 1 4 0v1a2 2 0 0 1-4 0v-4a6 6 0 0 1 12 0v4a2 2 0 0 1-4 0v-1a2 2 0 0 1 4 0`,
  table: `${page}M8 13h2M14 13h2M8 17h2M14 17h2`,
  code: `${page}M10 12.5 8 15l2 2.5M14 12.5l2 2.5-2 2.5`,
  text: `${page}M10 9H8M16 13H8M16 17H8`,
  file: page,
}

/** A sign for the type of a file; decoration. */
export function FileIcon({ mediaType, size = 18 }: { readonly mediaType: string; readonly size?: number }) {
  const sign = signOf(mediaType)
  if (sign === 'image')
    return <Image size={size} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className="shrink-0"
    >
      <path d={lines[sign]} />
    </svg>
  )
}

function signOf(mediaType: string): keyof typeof lines | 'image' {
  if (mediaType.startsWith('image/')) return 'image'
  if (mediaType.startsWith('audio/')) return 'audio'
  if (mediaType === 'text/csv') return 'table'
  if (mediaType === 'application/json') return 'code'
  return mediaType.startsWith('text/') || mediaType === 'application/pdf' ? 'text' : 'file'
}
