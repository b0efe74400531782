import { fault } from '@contract/fault'
import type { MessageId } from '@contract/ids'
import { Failure } from '../core/failure'

export const messageNotFound = (id: MessageId): Failure =>
  new Failure(fault('message_not_found', `There is no message ${id}; its chat may have been deleted.`))
