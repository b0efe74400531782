import { fc, test } from '@fast-check/vitest'
import { expect, it } from 'vitest'
import { capabilityNames, driverCapabilities, narrow, unsupportedOverrides } from './narrow'

const overrides = fc.record(
  {
    multimodal_input: fc.boolean(),
    native_web_search: fc.boolean(),
    image_generation: fc.boolean(),
    image_edit: fc.boolean(),
  },
  { requiredKeys: [] },
)

it('has the driver values of contract 5.1', () => {
  expect(driverCapabilities).toEqual({
    multimodal_input: true,
    native_web_search: false,
    image_generation: true,
    image_edit: true,
  })
})

test.prop([overrides])('an override disables and never enables', (wished) => {
  const flags = narrow(driverCapabilities, wished)
  expect(Object.keys(flags).sort()).toEqual([...capabilityNames].sort())
  for (const name of capabilityNames)
    expect(flags[name]).toBe(driverCapabilities[name] && wished[name] !== false)
})

test.prop([overrides])('only what the driver lacks can be asked for in vain', (wished) => {
  expect(unsupportedOverrides(driverCapabilities, wished)).toEqual(
    wished.native_web_search ? ['native_web_search'] : [],
  )
})
