/** Hertz of everything here: 16-bit mono, as the contract's recordings want it (`recordedRate`). */
export const soundRate = 16_000
/** Samples in one frame of the microphone: 16 ms. */
export const frameLength = 256

export const samplesOf = (ms: number): number => Math.round((ms * soundRate) / 1000)
export const msOf = (samples: number): number => (samples * 1000) / soundRate
