/**
 * The one thing that the PDF library asks of JavaScript and Node 20 does not have; the rest it brings along. Without it
 * pages come out without their words.
 */
interface Younger {
  transferToFixedLength?: (this: ArrayBuffer, length?: number) => ArrayBuffer
}

export function supplyOlderNode(): void {
  ;(ArrayBuffer.prototype as Younger).transferToFixedLength ??= function (
    this: ArrayBuffer,
    length = this.byteLength,
  ) {
    const copy = new ArrayBuffer(length)
    new Uint8Array(copy).set(new Uint8Array(this, 0, Math.min(length, this.byteLength)))
    return copy
  }
}
