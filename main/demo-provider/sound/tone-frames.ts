/**
 * One frame of MPEG 2 layer III each, 24 kHz, mono, 32 kbit/s, that stands for itself (no bit reservoir): silence, then a
 * buzz at eight pitches from 110 to 220 Hz, a whole number of periods long.
 */
const encoded = [
  '//NExAAAAANIAAAAAExBTUUzLjEwMAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  '//NExAATufIUTr2EhAhIAIMI1zwMBgoRdpgYIOQixfAwthhE83BgcPCJSmDFLwjxkGP+hEBIMA56PXTTTXVvT6vV/6N6v6t/tv/9v9/tQa9F29Fyff+Q0KdvJ9aYgpqK',
  '//NExAATufIUTr2EhAhIAIMI1zwMBgoRdpgYIOQixfAwthhE83BgcPCJSmDFLwjxkGP+hEBIMA56PXTTTXVvT6vV/6N6v6t/tv/9v9/tQa9F29Fyff+Q0KdvJ9aYgpqK',
  '//NExAATufIUTr2EhAhIAIMI1zwMBgoRdpgYIOQixfAwthhE83BgcPCJSmDFLwjxkGP+hEBIMA56PXTTTXVvT6vV/6N6v6t/tv/9v9/tQa9F29Fyff+Q0KdvJ9aYgpqK',
  '//NExAASAH4UAL2kwOEa5gGCAARAAwYClBF2OBglMEQLoGCCoRZuQYLE4RPHwYJP4RKGAYHoYR7sDFaa4RoGb+Ttk5OT/pkOQ/kKaf/po+mn6aej6ExBTUUzLjEwMAAA',
  '//NExAASAH4UAL2kwOEa5gGCAARAAwYClBF2OBglMEQLoGCCoRZuQYLE4RPHwYJP4RKGAYHoYR7sDFaa4RoGb+Ttk5OT/pkOQ/kKaf/po+mn6aej6ExBTUUzLjEwMAAA',
  '//NExAASAH4UAL2kwOEa5gGCAARAAwYClBF2OBglMEQLoGCCoRZuQYLE4RPHwYJP4RKGAYHoYR7sDFaa4RoGb+Ttk5OT/pkOQ/kKaf/po+mn6aej6ExBTUUzLjEwMAAA',
  '//NExAAUWH4YAAX8DIRmQAYIcQiBLgwR6CLO2DBNeLoKAEYRWfzW9A0Kxb/8saaGhgBqVgxe1UwPo4is1j9lgEgwkWcSss3JLrVW9i//u0dG591CaE+7/3o9//et3emA',
  '//NExAAUWH4YAAX8DIRmQAYIcQiBLgwR6CLO2DBNeLoKAEYRWfzW9A0Kxb/8saaGhgBqVgxe1UwPo4is1j9lgEgwkWcSss3JLrVW9i//u0dG591CaE+7/3o9//et3emA',
]

export const toneFrames: readonly Buffer[] = encoded.map((frame) => Buffer.from(frame, 'base64'))
/** Of one frame. */
export const samplesInFrame = 576
