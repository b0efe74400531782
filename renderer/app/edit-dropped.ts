import { fault } from '@contract/fault'
import type { Taken } from '../features/composer/attachments/read-transfer'
import { editorWords } from '../features/image-editor/words'
import { say } from '../lib/words'
import { tellFault } from '../ui/tell-fault'
import { toast } from '../ui/toast'
import type { App } from './app-store'
import { openEditor } from './editor-actions'
import { editorOf } from './editor-of'

const noPicture = () => fault('unsupported_media_type', 'Only pictures can be edited.', {})

/** Of what was dropped on the editor the first picture is the next to be edited; the others are given along with it. */
export async function editDropped(app: App, files: Taken['files']): Promise<void> {
  const pictures = files.filter(({ type }) => type.startsWith('image/'))
  const [first = files[0], ...others] = pictures
  if (!first) return
  const answer = await app.client.importFile(first, crypto.randomUUID())
  if (!answer.ok) return tellFault(answer.fault)
  if (answer.value.kind !== 'image') return tellFault(noPicture())
  const store = editorOf(app)
  await store.open(answer.value.asset_id)
  openEditor(app, answer.value.asset_id)
  if (pictures.length > 0 && pictures.length < files.length) tellFault(noPicture())
  const left = await store.addReferences(others)
  if (left > 0) toast({ title: say(editorWords)('references.left', { count: left }), tone: 'danger' })
}
