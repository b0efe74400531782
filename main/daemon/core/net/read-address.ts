/**
 * An IP address as its bytes, four or sixteen; undefined for everything that is not written in full: no zones, no
 * leading zeros, no octal, hex or single numbers. (A URL has turned those into the plain form already.)
 */
export function readAddress(text: string): readonly number[] | undefined {
  return text.includes(':') ? readIpv6(text) : readIpv4(text)
}

function readIpv4(text: string): readonly number[] | undefined {
  const fields = text.split('.')
  if (fields.length !== 4) return undefined
  const bytes = fields.map((field) => (/^(0|[1-9]\d{0,2})$/.test(field) ? Number(field) : 256))
  return bytes.every((byte) => byte < 256) ? bytes : undefined
}

function readIpv6(text: string): readonly number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [front, back] = halves.map((half) => (half === '' ? [] : half.split(':').map(readGroup)))
  const head = front?.flat() ?? []
  const tail = back?.flat() ?? []
  const bytes =
    back === undefined
      ? head
      : [...head, ...Array.from({ length: 16 - head.length - tail.length }, () => 0), ...tail]
  const isShortened = back !== undefined && head.length + tail.length <= 14
  const isWhole = back === undefined && head.length === 16
  if (!isShortened && !isWhole) return undefined
  // Four bytes of the older kind may only stand at the end.
  const older = text.indexOf('.')
  if (older >= 0 && text.slice(older).includes(':')) return undefined
  return bytes.every((byte) => byte < 256) ? bytes : undefined
}

/** Bytes of a group; a byte of 256 spoils the whole. */
function readGroup(group: string): readonly number[] {
  if (group.includes('.')) return readIpv4(group) ?? [256]
  if (!/^[0-9a-f]{1,4}$/i.test(group)) return [256]
  const value = parseInt(group, 16)
  return [value >> 8, value & 255]
}
