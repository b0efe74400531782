/** What the window's `asset:` protocol serves, by id and never by path (contract 7.1). */
export const rawUri = (assetId: string): string => `asset://raw/${assetId}`
export const thumbnailUri = (assetId: string): string => `asset://thumbnail/${assetId}`
