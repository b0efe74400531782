import { useEffect, useState } from 'react'

export type LoadedPicture =
  | { readonly state: 'loading' | 'broken' }
  | {
      readonly state: 'shown'
      readonly uri: string
      readonly image: HTMLImageElement
      readonly width: number
      readonly height: number
      /** A smaller one of the same look, for when it is shown small. */
      readonly small: ImageBitmap | null
    }

/** Longest edge of the smaller one. */
const smallEdge = 2_048

/** A picture that is decoded and can be drawn at once. The one before stays until then. */
export function useLoadedPicture(uri: string | null): LoadedPicture {
  const [picture, setPicture] = useState<LoadedPicture>({ state: 'loading' })
  useEffect(() => {
    if (uri === null) return setPicture({ state: 'loading' })
    let isOver = false
    const image = Object.assign(new Image(), { src: uri })
    const load = async (): Promise<void> => {
      try {
        await image.decode()
        const { naturalWidth: width, naturalHeight: height } = image
        const share = smallEdge / Math.max(width, height)
        const small =
          share >= 1
            ? null
            : await createImageBitmap(image, {
                resizeWidth: Math.round(width * share),
                resizeHeight: Math.round(height * share),
                resizeQuality: 'high',
              })
        if (isOver) small?.close()
        else setPicture({ state: 'shown', uri, image, width, height, small })
      } catch {
        if (!isOver) setPicture({ state: 'broken' })
      }
    }
    void load()
    return () => {
      isOver = true
    }
  }, [uri])
  return picture
}
