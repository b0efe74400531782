import { join } from '../../core/media-types/samples.fake'

/** 64 × 48 pixels of one colour, made by libheif 1.15.1. */
export const heic = Buffer.from(
  'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAvxtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAACAAAAGGlkYXQAAAAAAEAAMAAAAAAAQAAwAAAAYGlsb2MBAAAAREAABAABAAAAAAAAAyAAAQAAAAAAAAAZAAIAAQAAAAAAAAABAAAAAAAAAAgAAwAAAAAAAAM5AAEAAAAAAAAAEwAEAAEAAAAAAAAAAQAAAAgAAAAIAAAAYmlpbmYAAAAAAAQAAAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAAAAAVaW5mZQIAAAEAAwAAaHZjMQAAAAAVaW5mZQIAAAAABAAAZ3JpZAAAAAGxaXBycAAAAYRpcGNvAAAAdmh2Y0MBA3AAAAAAAAAAAAAe8AD8/fj4AAAPAyAAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwAeugJAIQABACpCAQEDcAAAAwCQAAADAAADAB6gIIEFlurkprm4EBAwIAAAAwAgAAADACEiAAEABkQBwXPAiQAAABRpc3BlAAAAAAAAAEAAAABAAAAAFGlzcGUAAAAAAAAAQAAAADAAAAAQcGl4aQAAAAADCAgIAAAAcWh2Y0MBBAgAAAAAAAAAAAAe8AD8/Pj4AAAPAyAAAQAXQAEMAf//BAgAAAMAn/gAAAMAAB66AkAhAAEAJkIBAQQIAAADAJ/4AAADAAAewIIEFlurkprmwIAAAAMAgAAAAwCEIgABAAZEAcFzwIkAAAAUaXNwZQAAAAAAAABAAAAAQAAAABRpc3BlAAAAAAAAAEAAAAAwAAAADnBpeGkAAAAAAQgAAAAnYXV4QwAAAAB1cm46bXBlZzpoZXZjOjIwMTU6YXV4aWQ6MQAAAAAlaXBtYQAAAAAAAAAEAAECgQIAAgIDhAADAoUGAAQDB4iJAAAANmlyZWYAAAAAAAAADmRpbWcAAgABAAEAAAAOZGltZwAEAAEAAwAAAA5hdXhsAAQAAQACAAAANG1kYXQAAAAVKAGvWOb06r/+mP//J6kh6OTnkanfAAAADygBrrC0PLfYfyAwBZ6jgA==',
  'base64',
)

/** One pixel of that colour. */
export const bmp = join(
  'BM',
  [58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0],
  new Uint8Array(24),
  [50, 100, 200, 0],
)

/** Pages with two words and a red box; with `packed` in place of its drawing. */
export function pdf({
  pages = 1,
  isLocked = false,
  packed,
}: {
  pages?: number
  isLocked?: boolean
  packed?: Buffer
}): Buffer {
  const drawing = '1 0 0 rg 20 20 100 50 re f 0 g BT /F1 24 Tf 20 120 Td (Hello page) Tj ET'
  const kids = Array.from({ length: pages }, (_, index) => `${String(4 + index)} 0 R`).join(' ')
  const content = `3 0 R /Resources<</Font<</F1 ${String(4 + pages)} 0 R>>>>`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${kids}]/Count ${String(pages)}>>`,
    packed
      ? `<</Length ${String(packed.length)}/Filter/FlateDecode>>\nstream\n${packed.toString('latin1')}\nendstream`
      : `<</Length ${String(drawing.length)}>>\nstream\n${drawing}\nendstream`,
    ...Array.from(
      { length: pages },
      () => `<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents ${content}>>`,
    ),
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]
  const lock = `/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -1/O<${'11'.repeat(32)}>/U<${'22'.repeat(32)}>>>`
  let text = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const place = text.length
    text += `${String(index + 1)} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 ${String(places.length + 1)}\n0000000000 65535 f \n${places.join('')}`
  const end = `trailer<</Size ${String(places.length + 1)}/Root 1 0 R${isLocked ? lock : ''}>>\nstartxref\n${String(text.length)}\n%%EOF`
  return Buffer.from(text + table + end, 'latin1')
}
