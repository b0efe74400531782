/**
 * Dollars in whole billionths, so that sums don't drift: 0.1 + 0.2 is 0.3. A number keeps them exact up to nine
 * million dollars.
 */
export const toNanoUsd = (usd: number): number => Math.round(usd * 1e9)

export const toUsd = (nano: number): number => nano / 1e9
