/** Hertz of everything here: 16-bit mono, as the contract's recordings want it (`recordedRate`). */
export const soundRate = 16_000
/** Samples in one frame, the least that is judged: 16 ms. */
export const frameLength = 256
/** Samples that come from the microphone at once: 96 ms. */
export const pieceLength = 6 * frameLength

export const samplesOf = (ms: number): number => Math.round((ms * soundRate) / 1000)
export const msOf = (samples: number): number => (samples * 1000) / soundRate
