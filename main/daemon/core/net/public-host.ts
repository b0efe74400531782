import { isLocalName, isPublicAddress } from './public-address'
import { readAddress } from './read-address'

/** Whether a URL's host may be shown as one of the open internet. What a name stands for is looked at when it is asked. */
export function isPublicHost(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  return !isLocalName(bare) && (readAddress(bare) === undefined || isPublicAddress(bare))
}
