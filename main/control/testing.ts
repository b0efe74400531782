import { readFile } from 'node:fs/promises'
import { request, type IncomingHttpHeaders, type RequestOptions } from 'node:http'
import { join } from 'node:path'
import type { AssetDoor } from '../daemon/ports/assets'
import { openHouse, type House, type HouseOptions } from '../daemon/testing'
import { connectControl, type ControlClient } from './connect'
import { openControl, type Control, type ControlNeeds } from './open-control'

/** A house with its control plane open and somebody connected to it. */
export interface Served {
  readonly house: House
  readonly control: Control
  readonly client: ControlClient
  close(): Promise<void>
}

export async function serveHouse(
  options?: HouseOptions,
  tcp?: Omit<NonNullable<ControlNeeds['tcp']>, 'tokenFile'>,
  /** In place of the daemon's own. */
  assets?: AssetDoor,
): Promise<Served> {
  const house = await openHouse(options)
  const { stateRoot } = house
  const tokenFile = join(stateRoot, 'control-tokens')
  const control = await openControl({
    daemon: { ...house.daemon(), ...(assets ? { assets } : {}) },
    stateRoot,
    version: '1.2.3',
    ...(tcp ? { tcp: { ...tcp, tokenFile } } : {}),
  }).catch(async (error: unknown) => {
    await house.close()
    throw error
  })
  const client = await connectControl(stateRoot)
  if (!client) throw new Error('nobody serves')
  return {
    house,
    control,
    client,
    async close() {
      client.close()
      await control.stop()
      await house.close()
    },
  }
}

export const tokenOf = async (house: House): Promise<string> =>
  (await readFile(join(house.stateRoot, 'control-tokens'), 'utf8')).trim()

export interface Response {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly json: unknown
}

/** One request as a stranger would send it. */
export const fetchRaw = (options: RequestOptions, body?: string | Buffer): Promise<Response> =>
  new Promise((resolve, reject) => {
    request({ agent: false, ...options }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const isJson = response.headers['content-type']?.endsWith('json') === true
        const json: unknown = isJson ? JSON.parse(text) : undefined
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json })
      })
    })
      .on('error', reject)
      .end(body)
  })
