import { addWords } from '../../lib/words'

export const audioWords = addWords('audio', {
  en: {
    readAloud: 'Read aloud',
    stopReading: 'Stop reading',
    making: 'Making speech…',
    makingPart: 'Making speech… {{done}} of {{all}}',
    spoken: 'Read by {{voice}}',
    failed: 'This could not be read aloud.',
    retry: 'Try again',
  },
  de: {
    readAloud: 'Vorlesen',
    stopReading: 'Vorlesen beenden',
    making: 'Sprache wird erzeugt …',
    makingPart: 'Sprache wird erzeugt … {{done}} von {{all}}',
    spoken: 'Gelesen von {{voice}}',
    failed: 'Das ließ sich nicht vorlesen.',
    retry: 'Noch einmal versuchen',
  },
})
