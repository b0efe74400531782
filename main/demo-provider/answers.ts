/** What the demo has to say on a subject. `{quote}` is the person's own words, `{model}` the id that was asked for. */
export interface Answer {
  readonly asked: RegExp
  readonly thought: string
  readonly text: string
}

const code = `Here is a small, complete answer to “{quote}”.

\`\`\`ts
/** Groups items by a key, keeping the order in which they came. */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
\`\`\`

Used like this:

\`\`\`ts
const words = ['apple', 'avocado', 'banana', 'cherry', 'clementine']
console.log(groupBy(words, (word) => word[0]))
// Map { 'a' => ['apple', 'avocado'], 'b' => ['banana'], 'c' => ['cherry', 'clementine'] }
\`\`\`

Two things worth knowing:

1. A \`Map\` keeps insertion order, so the groups come out in the order they were first seen.
2. Nothing is copied twice: every item lands in exactly one array.

On the command line the same idea is a one-liner:

\`\`\`sh
printf '%s\\n' apple avocado banana | awk '{ groups[substr($0, 1, 1)] = groups[substr($0, 1, 1)] " " $0 } END { for (g in groups) print g ":" groups[g] }'
\`\`\``

const table = `You asked: “{quote}”. Side by side it looks like this:

| Format | Best for | Size | Transparency |
|:--|:--|--:|:-:|
| PNG | screenshots, line art | 412 KB | yes |
| JPEG | photographs | 96 KB | no |
| WebP | both, on the web | 71 KB | yes |
| AVIF | both, when time does not matter | 54 KB | yes |

**In short:** take *WebP* unless something old has to read the picture. The sizes are those of one 1,600 × 1,200 photograph; yours will differ, but the order rarely does.`

const math = `Let me work through “{quote}” with the classic example, the quadratic equation $ax^2 + bx + c = 0$.

Divide by $a$ and complete the square:

$$
\\left(x + \\frac{b}{2a}\\right)^2 = \\frac{b^2 - 4ac}{4a^2}
$$

Taking the root on both sides gives

$$
x_{1,2} = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}
$$

The discriminant $D = b^2 - 4ac$ decides what kind of answer there is:

- $D > 0$: two real solutions
- $D = 0$: one real solution, twice
- $D < 0$: a pair of complex ones

For $a = 1$, $b = -3$, $c = 2$ we get $D = 1$, so $x_1 = 1$ and $x_2 = 2$.`

const list = `Here is how I would go about “{quote}”:

1. **Say what done looks like.** One sentence, no *and*.
2. **Find the smallest piece** that somebody could already use.
   - If it takes more than a day, it is not the smallest.
   - If nobody would notice it, it is not a piece.
3. **Do the part you are afraid of first.** It decides whether the rest makes sense.
4. **Show it** to one person who owes you nothing.
5. **Write down what you learnt**, then go back to 2.

- [x] Read the question
- [x] Make a plan
- [ ] Start

> Plans are worthless, but planning is everything.`

const hello = `Hello! I'm the **demo provider**: I run on this computer, cost nothing, and know nothing of the world. You asked for \`{model}\`, so that is the name I answer under.

Try asking me for

- some **code**, to see highlighting
- a **table** or a **list**
- a bit of **math**, such as the quadratic formula
- a **long** answer, to watch the transcript keep its place
- or anything else: I'll quote you and do my best.`

const poem = `For “{quote}”, a few lines:

*The cursor blinks, the window waits,*
*a word arrives and hesitates,*
*then finds its neighbours, one by one,*
*and what was nothing is begun.*

*No cloud was asked, no coin was spent,*
*the answer came from where it went:*
*a loopback door, an honest sham,*
*that says quite plainly what I am.*`

const paragraphs = [
  'A chat window looks like the simplest thing in the world: two people taking turns. Underneath, almost everything that makes it pleasant is about *time*. A word that arrives 50 ms late feels slow; a page that jumps by 3 pixels while you read feels broken.',
  'So the text is cut into small numbered pieces. Each piece is written down before anybody sees it, and the screen folds the very same pieces with the very same function. If one goes missing, there is a hole in the numbers, and the screen asks for the whole once instead of guessing.',
  'Keeping the reader’s place is the second half. As long as you are at the bottom, new lines push the old ones up. The moment you scroll away you have said, quite clearly, *I am reading*, and nothing may move under your eyes any more.',
  'Stopping has to be honest too. The connection is closed at once, what has arrived stays, and the cost is looked up afterwards, because a provider may have gone on thinking for a moment after you lost interest.',
  'And then there is the night somebody trips over the power cord. A good program opens the next morning with every word it had received, says that the answer was interrupted, and waits. It does not ask again on its own: that would be your money.',
]

const long = `This is a long answer to “{quote}”, made of sections so that there is something to scroll through.

${paragraphs.map((text, at) => `## ${at + 1}. ${['Time', 'Pieces', 'Place', 'Stopping', 'Morning'][at]}\n\n${text}`).join('\n\n')}

## 6. A little code to end with

\`\`\`python
def fold(parts: list[str], pieces: list[tuple[int, str]]) -> list[str]:
    """Adds numbered pieces to the parts they belong to."""
    for place, text in pieces:
        while len(parts) <= place:
            parts.append("")
        parts[place] += text
    return parts
\`\`\`

## 7. What to remember

| Rule | Why |
|---|---|
| Write it down first | a crash must not eat words |
| Number everything | repeats are harmless, holes are seen |
| Never move what is being read | attention is the scarce thing |

${paragraphs[0]} ${paragraphs[2]}

That is all. You can stop me earlier next time.`

const riddle = `Let me be careful with “{quote}”.

The short answer is **yes, within limits**: it holds as long as nothing changes while you look. The moment two things change at once you need an order between them, and then the question becomes *who decides the order*.

So:

- if one place decides, it is easy;
- if two places decide, one of them has to be able to say *no*;
- if nobody decides, you have not got an answer but a habit.`

const other = `You wrote:

> {quote}

I'm the demo provider behind \`{model}\`, so I can't look anything up. What I can do is show how an answer arrives: word by word, with **bold**, *italic*, \`code\`, [links](https://openrouter.ai/docs) and lists:

- it is stored before you see it,
- it can be stopped at any moment,
- and it can be asked for again; the versions are kept.

With a key of your own, a real model answers here.`

/** First match wins. */
export const answers: readonly Answer[] = [
  {
    asked: /\b(long|essay|everything|story|detailed?|lang)\b/i,
    thought:
      'They want length. Sections will make it readable, and a table near the end gives the eye a rest.',
    text: long,
  },
  {
    asked: /\b(code|function|typescript|javascript|python|rust|program|script|regex|sql)\b/i,
    thought:
      'A short function with a usage example says more than an explanation. I should mention the order of a Map.',
    text: code,
  },
  {
    asked: /\b(table|compare|comparison|versus|vs|tabelle)\b/i,
    thought:
      'A comparison. Four rows, four columns, numbers to the right. One sentence of advice at the end.',
    text: table,
  },
  {
    asked: /\b(math|equation|formula|integral|derivative|solve|quadratic|proof)\b/i,
    thought:
      'The discriminant carries the whole story, so derive the formula by completing the square and then check D for a concrete example.',
    text: math,
  },
  {
    asked: /\b(list|plan|steps?|how (do|to|would|should)|todo|checklist)\b/i,
    thought: 'Steps, in an order that can be followed. The one people skip is the one they are afraid of.',
    text: list,
  },
  {
    asked: /\b(poem|haiku|verse|rhyme|song)\b/i,
    thought: 'Two short stanzas about what this is. Keep it honest.',
    text: poem,
  },
  {
    asked: /\b(reason|reasoning|think|why|riddle|puzzle)\b/i,
    thought:
      'First, what is really being asked? Something that seems certain, and whether it stays so. Second, when would it fail? When two things change at the same time. Third, what would settle it? An order between changes, so the question is who decides the order. That gives three cases, and I can answer each in a line.',
    text: riddle,
  },
  {
    asked: /^\s*(hi|hello|hey|hallo|good (morning|evening|day)|test|ping)\b/i,
    thought: 'A greeting. Say plainly that this is a demo, and what can be tried.',
    text: hello,
  },
]

/** For everything else. */
export const anyAnswer = {
  thought:
    'I know nothing of the world, so the useful thing is to quote the question and show what an answer can look like.',
  text: other,
}
