/** What the window's `asset:` protocol serves of every asset that has one, by id and never by path (contract 7.1). */
export const thumbnailUri = (assetId: string): string => `asset://thumbnail/${assetId}`
