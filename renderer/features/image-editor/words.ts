import { addWords } from '../../lib/words'
import { editorGerman } from './words-german'
import { editorEnglish } from './words-english'

export const editorWords = addWords('image-editor', { en: editorEnglish, de: editorGerman })
