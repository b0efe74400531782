import { addWords } from '../../../lib/words'

export const extrasWords = addWords('extras', {
  en: {
    title: 'This costs more than words alone',
    pictures: '{{model}} answers with images: {{price}} each.',
    picturesUnknown: '{{model}} can answer with images, which are billed as output tokens.',
    web: '“:online” searches the web through OpenRouter, which bills each search on top.',
    reasoning: 'Long reasoning is billed as output tokens: {{price}} per million here.',
    reasoningUnknown: 'Long reasoning is billed as output tokens.',
    understood: 'Understood',
  },
  de: {
    title: 'Das kostet mehr als Worte allein',
    pictures: '{{model}} antwortet mit Bildern: {{price}} für jedes.',
    picturesUnknown: '{{model}} kann mit Bildern antworten; sie zählen als Ausgabetoken.',
    web: '„:online“ sucht über OpenRouter im Web, das jede Suche zusätzlich berechnet.',
    reasoning: 'Langes Nachdenken zählt als Ausgabetoken: hier {{price}} je Million.',
    reasoningUnknown: 'Langes Nachdenken zählt als Ausgabetoken.',
    understood: 'Verstanden',
  },
})
