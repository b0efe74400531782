import type { Fault } from '@contract/fault'
import { Failure } from '../core/failure'
import type { Driver } from '../ports/driver'

/**
 * The same driver; what a provider says in its errors is free of every secret this process has held, not only of the
 * key it was asked with.
 */
export function cleanDriver(driver: Driver, clean: (text: string) => string): Driver {
  const cleaned = (error: unknown): unknown => {
    if (!(error instanceof Failure)) return error
    const fault = cleanFault(error.fault, clean)
    return fault === error.fault ? error : new Failure(fault, { cause: error.cause })
  }
  const guard = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      throw cleaned(error)
    }
  }
  return {
    ...driver,
    streamChat: (...given) => guardAll(driver.streamChat(...given), cleaned),
    checkKey: (...given) => guard(driver.checkKey(...given)),
    listModels: (...given) => guard(driver.listModels(...given)),
    listUpstreams: (...given) => guard(driver.listUpstreams(...given)),
    async makeImages(...given) {
      const made = await guard(driver.makeImages(...given))
      return made.text === undefined ? made : { ...made, text: clean(made.text) }
    },
    async speak(...given) {
      const made = await guard(driver.speak(...given))
      return { ...made, bytes: guardAll(made.bytes, cleaned) }
    },
    transcribe: (...given) => guard(driver.transcribe(...given)),
    listImageModels: (...given) => guard(driver.listImageModels(...given)),
    findGeneration: (...given) => guard(driver.findGeneration(...given)),
    exchangeCode: (...given) => guard(driver.exchangeCode(...given)),
  }
}

function cleanFault(fault: Fault, clean: (text: string) => string): Fault {
  const detail = clean(fault.detail)
  const said = fault.code === 'provider_error' && fault.said !== undefined ? clean(fault.said) : undefined
  const isSame =
    detail === fault.detail &&
    (said === undefined || (fault.code === 'provider_error' && said === fault.said))
  return isSame ? fault : { ...fault, detail, ...(said === undefined ? {} : { said }) }
}

/** Each piece passes as it is; a generator in between would cost more than the piece. */
function guardAll<T>(all: AsyncIterable<T>, cleaned: (error: unknown) => unknown): AsyncIterable<T> {
  const fail = (error: unknown): never => {
    throw cleaned(error)
  }
  return {
    [Symbol.asyncIterator]() {
      const iterator = all[Symbol.asyncIterator]()
      return {
        next: () => iterator.next().catch(fail),
        return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
      }
    },
  }
}
