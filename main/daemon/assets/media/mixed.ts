/** All channels as one. */
export function mixed(channels: readonly Float32Array[], length: number): Float32Array {
  const [first] = channels
  if (channels.length === 1 && first) return first.subarray(0, length)
  const mono = new Float32Array(length)
  for (const channel of channels)
    for (let at = 0; at < length; at += 1) mono[at] = (mono[at] ?? 0) + (channel[at] ?? 0) / channels.length
  return mono
}
