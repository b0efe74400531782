import { z } from 'zod'

const word = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[^\s\p{Cc}/\\]+$/u)
  .refine((value) => value !== '.' && value !== '..')

/** A chat. Callers may choose the id (contract 6.1). */
export const SessionId = word.brand<'session'>()
export type SessionId = z.infer<typeof SessionId>

/** One execution inside a session. */
export const RunId = word.brand<'run'>()
export type RunId = z.infer<typeof RunId>

export const MessageId = word.brand<'message'>()
export type MessageId = z.infer<typeof MessageId>

export const AssetId = word.brand<'asset'>()
export type AssetId = z.infer<typeof AssetId>

export const SourceId = word.brand<'source'>()
export type SourceId = z.infer<typeof SourceId>

export const ObservationId = word.brand<'observation'>()
export type ObservationId = z.infer<typeof ObservationId>

export const DerivationId = word.brand<'derivation'>()
export type DerivationId = z.infer<typeof DerivationId>

/** A dictation; chosen by its recorder. */
export const RecordingId = word.brand<'recording'>()
export type RecordingId = z.infer<typeof RecordingId>

/** A named credential record, `<family>.<label>` by convention (contract 4.2). */
export const SlotId = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[^\s\p{Cc}]+$/u)
  .brand<'slot'>()
export type SlotId = z.infer<typeof SlotId>

/** The key under `[routes.*]`; also what every request-side `provider` means (contract 1). */
export const RouteId = z.string().min(1).max(128).brand<'route'>()
export type RouteId = z.infer<typeof RouteId>
