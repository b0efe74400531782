/** A byte, or -1 behind the end. */
export const at = (bytes: Uint8Array, place: number): number => bytes[place] ?? -1

/** Bytes as characters of the same number; shorter at the end. */
export const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length))

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
