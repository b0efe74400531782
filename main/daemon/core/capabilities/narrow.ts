import type { Capabilities } from '@contract/routes'

/** What the openrouter driver can do (contract 5.1). */
export const driverCapabilities: Capabilities = {
  multimodal_input: true,
  native_web_search: false,
  image_generation: true,
  image_edit: true,
}

export const capabilityNames = [
  'multimodal_input',
  'native_web_search',
  'image_generation',
  'image_edit',
] as const
export type CapabilityName = (typeof capabilityNames)[number]
export type Overrides = Readonly<Partial<Record<CapabilityName, boolean>>>

/** An override can disable, never enable (contract 2.5). */
export function narrow(driver: Capabilities, overrides: Overrides): Capabilities {
  const flag = (name: CapabilityName): boolean => driver[name] && overrides[name] !== false
  return {
    multimodal_input: flag('multimodal_input'),
    native_web_search: flag('native_web_search'),
    image_generation: flag('image_generation'),
    image_edit: flag('image_edit'),
  }
}

/** Overrides that ask for what the driver lacks: rejection V21. */
export function unsupportedOverrides(driver: Capabilities, overrides: Overrides): readonly CapabilityName[] {
  return capabilityNames.filter((name) => overrides[name] === true && !driver[name])
}
