import type { TroubleKind } from './trouble-kind'

/** What a person reads: what happened, and what to do. The provider's own words are shown beside it. */
const sentences: Readonly<Record<TroubleKind, string>> = {
  unreachable: 'The provider could not be reached. Check the network connection, then try again.',
  timeout: 'The provider took too long to answer. Try again, or choose another model.',
  cut_short: 'The answer broke off before it was complete. What arrived is kept; try again for a whole one.',
  rate_limited:
    'The provider is limiting requests right now. Wait a moment and try again, or choose another model.',
  daily_limit:
    'Today’s allowance of free requests is used up. It begins anew at midnight UTC; a paid model works at once.',
  payment:
    'The account’s credit does not cover this request. Add credit, or allow a shorter answer, then try again.',
  key_refused: 'The provider does not accept this key. Enter a valid key in Settings, then try again.',
  forbidden:
    'The provider does not allow this request for this account. Check the account’s permissions there.',
  no_endpoint:
    'No provider offers this model for this request. Choose another model, or check the privacy settings of the account.',
  too_large: 'The request is larger than the provider takes. Shorten the message or start a new chat.',
  context_length:
    'The conversation is longer than this model can read. Start a new chat or choose a larger model.',
  policy:
    'The provider refused the request because of its content rules. Change the message, or choose another model.',
  bad_request: 'The provider could not work with this request. Choose another model or change the settings.',
  overloaded: 'The provider is overloaded right now. Try again in a moment, or choose another model.',
  provider_down: 'The provider failed while working on the answer. Try again, or choose another model.',
  malformed:
    'What came back is not an answer Kheish can read. Try again; if it stays so, check the provider’s address.',
  no_image: 'The answer came without a picture. Word it differently or choose another model, then try again.',
  no_audio: 'The answer came without sound that can be played. Try again, or choose another model.',
  no_text: 'Nothing was understood in the recording, which is kept. Try again, or choose another model.',
  unknown: 'The provider reported an error that Kheish does not know. Try again, or choose another model.',
}

/** The sentence for a kind of trouble, with the wait when it is known. */
export function sentenceFor(kind: TroubleKind, waitMs?: number): string {
  if (kind !== 'rate_limited' || waitMs === undefined || waitMs <= 0) return sentences[kind]
  const seconds = Math.ceil(waitMs / 1000)
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
  return `The provider is limiting requests right now. Wait ${wait} and try again, or choose another model.`
}
