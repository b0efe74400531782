import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { isLocalName, isPublicAddress } from './public-address'
import { readAddress } from './read-address'

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

describe('an address of the open internet', () => {
  test.each(
    words(`
      8.8.8.8 1.1.1.1 93.184.216.34 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
      169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.0.3.0 192.167.255.255 192.169.0.0
      198.17.255.255 198.20.0.0 223.255.255.255 2606:4700:4700::1111 2001:4860:4860::8888 2a00:1450::1
      2001:200:: 2003:: ::ffff:8.8.8.8 ::ffff:808:808 64:ff9b::8.8.8.8 64:FF9B::808:808
    `),
  )('%s', (address) => expect(isPublicAddress(address)).toBe(true))
})

describe('not one', () => {
  test.each(
    words(`
      0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.169.254
      172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1
      198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
      :: ::1 ::2 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 0:0:0:0:0:ffff:c0a8:101 ::ffff:0.0.0.0
      64:ff9b::127.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 64:ff9b:1::808:808 100::1 fc00::1 fd12:3456::1 fe80::1
      febf::1 fec0::1 ff02::1 ff0e::1 2001::1 2001:0:53aa::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1::1
      2002:808:808::1 3fff::1 5f00::1 4000::1 1::1
    `),
  )('%s', (address) => {
    expect(readAddress(address)).toBeDefined()
    expect(isPublicAddress(address)).toBe(false)
  })
})

describe('what is no address is not public', () => {
  test.each([
    '',
    'localhost',
    'example.com',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '08.8.8.8',
    '8.8.8.08',
    '256.1.1.1',
    '8.8.8',
    '8.8.8.8.8',
    '8.8.8.8 ',
    '+8.8.8.8',
    '[2606:4700::1]',
    'fe80::1%eth0',
    '2606:4700::1%0',
    '2606:4700',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '2606::4700::1',
    '2606:4700:::1',
    '2606:47000::1',
    '2606:8.8.8.8::1',
    '::8.8.8.8:1',
    ':2606::1',
    '1:2:3:4:5:6:7::8',
    '2606:4700::1:',
  ])('%s', (text) => expect(isPublicAddress(text)).toBe(false))
})

test('the shortened form means the same as the whole one', () => {
  expect(readAddress('2606:4700::1')).toEqual(readAddress('2606:4700:0:0:0:0:0:1'))
  expect(readAddress('::')).toEqual(Array.from({ length: 16 }, () => 0))
  expect(readAddress('1:2:3:4:5:6:7:8')).toHaveLength(16)
  expect(readAddress('1:2:3:4:5:6::8')).toHaveLength(16)
  expect(readAddress('1:2:3:4:5:6:1.2.3.4')).toEqual(readAddress('1:2:3:4:5:6:102:304'))
})

const byte = fc.nat(255)
propertyTest.prop([byte, byte, byte, byte])('a mapped address is judged as what it maps', (a, b, c, d) => {
  const plain = `${a}.${b}.${c}.${d}`
  const hex = (high: number, low: number) => (high * 256 + low).toString(16)
  const expected = isPublicAddress(plain)
  expect(isPublicAddress(`::ffff:${plain}`)).toBe(expected)
  expect(isPublicAddress(`::ffff:${hex(a, b)}:${hex(c, d)}`)).toBe(expected)
  expect(isPublicAddress(`64:ff9b::${hex(a, b)}:${hex(c, d)}`)).toBe(expected)
})

test.each([
  ['localhost', true],
  ['LOCALHOST.', true],
  ['a.localhost', true],
  ['printer.local', true],
  ['db.internal', true],
  ['nas.home.arpa', true],
  ['', true],
  ['example.com', false],
  ['localhost.example.com', false],
  ['mylocalhost', false],
])('the name %s is local: %s', (name, expected) => expect(isLocalName(name)).toBe(expected))
