import { readAddress } from './read-address'

/** `10.0.0.0/8` as bytes and bits. */
interface Block {
  readonly bytes: readonly number[]
  readonly bits: number
}

const blocks = (text: string): readonly Block[] =>
  text
    .trim()
    .split(/\s+/)
    .map((entry) => {
      const [address = '', bits] = entry.split('/')
      return { bytes: readAddress(address) ?? [], bits: Number(bits) }
    })

// What IANA's registries of special addresses do not hold for reachable from everywhere, and a few that lead elsewhere.
const closedIpv4 = blocks(`
  0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
  192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
`)
/** Everything else of the newer kind is closed from the start: only this is given out to be reached. */
const globalIpv6 = blocks('2000::/3')
// Among it: Teredo and other protocols, documentation, and 6to4, whose relays are anybody's.
const closedIpv6 = blocks('2001::/23 2001:db8::/32 2002::/16 3fff::/20')
/** An address of the older kind in its last four bytes: mapped, and behind a translator. */
const carriesIpv4 = blocks('::ffff:0:0/96 64:ff9b::/96')

/**
 * Whether an IP address is one of the open internet: not this computer, a local or private network, a test network, a
 * group or a documentation range, in whichever form it is written. What can't be read is not.
 */
export function isPublicAddress(text: string): boolean {
  const bytes = readAddress(text)
  return bytes !== undefined && isPublic(bytes)
}

function isPublic(bytes: readonly number[]): boolean {
  if (bytes.length === 4) return !within(bytes, closedIpv4)
  if (within(bytes, carriesIpv4)) return isPublic(bytes.slice(12))
  return within(bytes, globalIpv6) && !within(bytes, closedIpv6)
}

const within = (bytes: readonly number[], of: readonly Block[]): boolean =>
  of.some((block) =>
    block.bytes.every((byte, place) => sameBits(byte, bytes[place] ?? 0, block.bits - place * 8)),
  )

function sameBits(a: number, b: number, bits: number): boolean {
  if (bits <= 0) return true
  const mask = bits >= 8 ? 255 : (255 << (8 - bits)) & 255
  return (a & mask) === (b & mask)
}

/** Names that mean this computer or its own network, whatever a name server says. */
export const isLocalName = (host: string): boolean =>
  /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa)\.?$/i.test(host) || host === ''
