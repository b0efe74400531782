import type { EditDraft, EditorState } from '../editor-store'
import { readSettings, type Shelf } from '../kept-settings'

export const emptyDraft: EditDraft = { instruction: '', references: [], feather: 8 }
export const noModels: EditorState['models'] = { phase: 'loading', list: [], fallback: null, fault: null }

/** Nothing is open; orders are made as they were last. */
export const begin = (shelf: Shelf): EditorState => ({
  phase: 'empty',
  fault: null,
  wanted: null,
  source: null,
  draft: emptyDraft,
  settings: readSettings(shelf),
  versions: [],
  result: null,
  jobs: [],
  models: noModels,
  session: null,
  isSending: false,
  refusal: null,
  told: null,
})
