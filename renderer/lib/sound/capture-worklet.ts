// Runs on the audio thread: gathers what the microphone gives into frames of 16-bit mono.
/** 16-bit samples of one frame; handed over. */
export type CapturedFrame = ArrayBuffer

declare const AudioWorkletProcessor: new () => { readonly port: MessagePort }
declare function registerProcessor(name: string, processor: unknown): void

/** As `frameLength` of `rate.ts`; what runs here is a file of its own. */
const length = 256

class Capture extends AudioWorkletProcessor {
  private frame = new Int16Array(length)
  private filled = 0

  process(inputs: readonly (readonly Float32Array[])[]): boolean {
    const channels = inputs[0] ?? []
    const count = channels.length
    const first = channels[0]
    if (!first) return true
    for (let i = 0; i < first.length; i++) {
      let sum = 0
      for (const channel of channels) sum += channel[i] ?? 0
      const value = Math.max(-1, Math.min(1, sum / count))
      this.frame[this.filled++] = Math.round(value * (value < 0 ? 32_768 : 32_767))
      if (this.filled === length) this.send()
    }
    return true
  }

  private send(): void {
    const { buffer } = this.frame
    this.port.postMessage(buffer, [buffer])
    this.frame = new Int16Array(length)
    this.filled = 0
  }
}

registerProcessor('capture', Capture)
