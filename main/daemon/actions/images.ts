import { fault } from '@contract/fault'
import type { InputOf, OutputOf } from '@contract/define'
import type { imageCalls } from '@contract/images'
import { Failure } from '../core/failure'
import type { World } from './world'

type Calls = typeof imageCalls

export function images({ images: service }: Pick<World, 'images'>) {
  return {
    submit: (_order: InputOf<Calls['images.submit']>): OutputOf<Calls['images.submit']> => {
      throw new Failure(fault('image_route_missing', 'No route makes pictures.'))
    },
    models: ({ provider }: InputOf<Calls['images.models']>): OutputOf<Calls['images.models']> => ({
      models: service.models(provider),
      default_choice: null,
    }),
    versions: ({ asset_id }: InputOf<Calls['images.versions']>): OutputOf<Calls['images.versions']> => ({
      versions: service.versions(asset_id),
    }),
  }
}
