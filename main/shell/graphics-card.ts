import { existsSync } from 'node:fs'

/** How Linux shows a graphics card: the usual folder; NVIDIA's, Windows' and the makers' of small boards own ways. */
const cards = [
  '/dev/dri',
  '/dev/nvidiactl',
  '/dev/dxg',
  '/dev/mali0',
  '/dev/kgsl-3d0',
  '/dev/nvhost-gpu',
] as const

/** Whether there is anything to draw with but the processor. Elsewhere than on Linux that is for Chromium to find out. */
export const hasGraphicsCard = (
  platform: NodeJS.Platform = process.platform,
  isThere: (path: string) => boolean = existsSync,
): boolean => platform !== 'linux' || cards.some((card) => isThere(card))
