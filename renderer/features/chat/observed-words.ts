import { addWords } from '../../lib/words'

export const observedWords = addWords('observed', {
  en: {
    observed: 'Given to the model',
    microphone_segment: 'Recording',
    screen_snapshot: 'Screen',
    webcam_snapshot: 'Webcam',
    open: 'Open {{kind}} {{name}}',
  },
  de: {
    observed: 'Dem Modell mitgegeben',
    microphone_segment: 'Aufnahme',
    screen_snapshot: 'Bildschirm',
    webcam_snapshot: 'Webcam',
    open: '{{kind}} {{name}} öffnen',
  },
})
