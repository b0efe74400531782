/** A line of models: one for every size, priced in dollars per million tokens of the first one. */
export interface Line {
  readonly author: string
  readonly house: string
  readonly slug: string
  readonly name: string
  /** `-` stands for the plain model without a size. */
  readonly sizes: readonly string[]
  readonly context: number
  readonly output: number | null
  readonly price: readonly [prompt: number, completion: number]
  readonly takes: readonly string[]
  readonly gives: readonly string[]
  readonly thinks: boolean
  /** Every size is there a second time, as `:free`. */
  readonly free: boolean
  readonly tokenizer: string
}

// author | house | slug | name | sizes | context, output | prompt, completion | takes -> gives | marks and tokenizer
const table = `
anthropic | Anthropic | claude-opus | Claude Opus | 4.8 4.6 4.5 4.1 4 | 1000000 128000 | 5 25 | text+image+file -> text | thinks Claude
anthropic | Anthropic | claude-sonnet | Claude Sonnet | 5 4.6 4.5 4 3.7 | 1000000 64000 | 3 15 | text+image+file -> text | thinks Claude
anthropic | Anthropic | claude-haiku | Claude Haiku | 4.5 3.5 3 | 200000 64000 | 1 5 | text+image -> text | thinks Claude
openai | OpenAI | gpt-5.6 | GPT-5.6 | - mini nano pro codex chat | 400000 128000 | 1.25 10 | text+image+file -> text | thinks GPT
openai | OpenAI | gpt-5.4 | GPT-5.4 | - mini nano codex chat | 400000 128000 | 1.25 10 | text+image+file -> text | thinks GPT
openai | OpenAI | gpt-5 | GPT-5 | - mini nano pro codex chat | 400000 128000 | 1.25 10 | text+image+file -> text | thinks GPT
openai | OpenAI | gpt-4.1 | GPT-4.1 | - mini nano | 1047576 32768 | 2 8 | text+image -> text | GPT
openai | OpenAI | gpt-4o | GPT-4o | - mini audio search | 128000 16384 | 2.5 10 | text+image -> text | GPT
openai | OpenAI | gpt-oss | gpt-oss | 120b 20b | 131072 32768 | 0.05 0.25 | text -> text | thinks free GPT
openai | OpenAI | o | o | 4-mini 3 3-mini 3-pro 1 | 200000 100000 | 2 8 | text+image -> text | thinks GPT
google | Google | gemini-3.5 | Gemini 3.5 | pro flash flash-lite | 1048576 65536 | 2 12 | everything -> text | thinks Gemini
google | Google | gemini-3 | Gemini 3 | pro-preview flash | 1048576 65536 | 2 12 | everything -> text | thinks Gemini
google | Google | gemini-2.5 | Gemini 2.5 | pro flash flash-lite | 1048576 65536 | 1.25 10 | everything -> text | thinks Gemini
google | Google | gemma-4 | Gemma 4 | 31b 26b-a4b 12b 4b | 262144 32768 | 0.1 0.3 | text+image -> text | free Gemini
google | Google | gemma-3 | Gemma 3 | 27b-it 12b-it 4b-it | 131072 8192 | 0.08 0.2 | text+image -> text | free Gemini
meta-llama | Meta | llama-4 | Llama 4 | maverick scout | 1048576 16384 | 0.15 0.6 | text+image -> text | Llama4
meta-llama | Meta | llama-3.3 | Llama 3.3 | 70b-instruct | 131072 16384 | 0.1 0.32 | text -> text | free Llama3
meta-llama | Meta | llama-3.2 | Llama 3.2 | 11b-vision-instruct 3b-instruct 1b-instruct | 131072 16384 | 0.05 0.05 | text -> text | Llama3
meta-llama | Meta | llama-3.1 | Llama 3.1 | 405b-instruct 70b-instruct 8b-instruct | 131072 16384 | 3.5 3.5 | text -> text | Llama3
mistralai | Mistral | mistral-large | Mistral Large | 2512 2411 2407 | 262144 - | 0.5 1.5 | text+image -> text | Mistral
mistralai | Mistral | mistral-medium | Mistral Medium | 3.5 3.1 3 | 262144 - | 0.4 2 | text+image -> text | thinks Mistral
mistralai | Mistral | mistral-small | Mistral Small | 4 3.2-24b-instruct 3.1-24b-instruct | 131072 131072 | 0.06 0.18 | text+image -> text | free Mistral
mistralai | Mistral | ministral | Ministral | 14b 8b 3b | 262144 - | 0.2 0.2 | text+image -> text | Mistral
mistralai | Mistral | devstral | Devstral | 2512 medium small | 262144 - | 0.4 2 | text -> text | Mistral
mistralai | Mistral | codestral | Codestral | 2508 2501 | 256000 - | 0.3 0.9 | text -> text | Mistral
mistralai | Mistral | magistral | Magistral | medium small | 128000 40000 | 2 5 | text -> text | thinks Mistral
mistralai | Mistral | mixtral | Mixtral | 8x22b-instruct 8x7b-instruct | 65536 16384 | 2 6 | text -> text | Mistral
deepseek | DeepSeek | deepseek-v4 | DeepSeek V4 | pro flash | 1048576 131072 | 0.45 0.9 | text -> text | thinks DeepSeek
deepseek | DeepSeek | deepseek-v3.2 | DeepSeek V3.2 | - exp speciale | 163840 65536 | 0.27 0.4 | text -> text | thinks DeepSeek
deepseek | DeepSeek | deepseek-chat | DeepSeek Chat | v3.1 v3-0324 | 163840 - | 0.2 0.8 | text -> text | free DeepSeek
deepseek | DeepSeek | deepseek-r1 | DeepSeek R1 | 0528 - distill-llama-70b distill-qwen-32b | 163840 163840 | 0.4 1.75 | text -> text | thinks free DeepSeek
qwen | Qwen | qwen3.6 | Qwen3.6 | max plus 35b-a3b 27b flash | 262144 65536 | 1.2 6 | text+image -> text | thinks Qwen3
qwen | Qwen | qwen3.5 | Qwen3.5 | 397b-a17b 122b-a10b 35b-a3b 27b 9b | 262144 65536 | 0.6 3.6 | text+image -> text | thinks Qwen3
qwen | Qwen | qwen3 | Qwen3 | 235b-a22b 32b 30b-a3b 14b 8b 4b | 131072 16384 | 0.2 0.6 | text -> text | thinks free Qwen3
qwen | Qwen | qwen3-coder | Qwen3 Coder | plus flash next 30b-a3b | 262144 65536 | 0.3 1.2 | text -> text | Qwen3
qwen | Qwen | qwen3-vl | Qwen3 VL | 235b-a22b-instruct 30b-a3b-instruct 8b-instruct 8b-thinking | 262144 32768 | 0.3 1.2 | text+image+video -> text | Qwen3
qwen | Qwen | qwen-2.5 | Qwen2.5 | 72b-instruct 7b-instruct coder-32b-instruct vl-72b-instruct | 32768 16384 | 0.12 0.39 | text -> text | Qwen
x-ai | xAI | grok-4.3 | Grok 4.3 | - fast | 2000000 - | 3 15 | text+image -> text | thinks Grok
x-ai | xAI | grok-4 | Grok 4 | - fast | 256000 - | 3 15 | text+image -> text | thinks Grok
x-ai | xAI | grok-code-fast | Grok Code Fast | 1 | 256000 10000 | 0.2 1.5 | text -> text | thinks Grok
x-ai | xAI | grok-3 | Grok 3 | - mini | 131072 - | 3 15 | text -> text | Grok
moonshotai | MoonshotAI | kimi-k2 | Kimi K2 | .7 .6 .5 -thinking -0905 | 262144 65536 | 0.6 2.5 | text+image -> text | thinks
z-ai | Z.AI | glm | GLM | 5.2 5.1 5 4.7 4.6 4.6v 4.5 4.5-air | 202752 65536 | 0.6 2.2 | text -> text | thinks free
minimax | MiniMax | minimax-m | MiniMax M | 3 2.7 2.5 2.1 2 1 | 204800 131072 | 0.3 1.2 | text -> text | thinks
amazon | Amazon | nova | Nova | premier-v1 pro-v1 lite-v1 micro-v1 2-lite-v1 | 300000 5120 | 0.8 3.2 | text+image -> text | Nova
cohere | Cohere | command | Command | a r-plus-08-2024 r-08-2024 r7b-12-2024 | 256000 8192 | 2.5 10 | text -> text | Cohere
nvidia | NVIDIA | nemotron-3 | Nemotron 3 | ultra super-120b nano-30b nano-omni | 262144 - | 0.1 0.5 | text -> text | thinks free
nvidia | NVIDIA | llama-nemotron | Llama Nemotron | ultra-253b super-49b nano-9b | 131072 - | 0.6 1.8 | text -> text | thinks
microsoft | Microsoft | phi-4 | Phi 4 | - mini multimodal reasoning-plus | 131072 16384 | 0.06 0.14 | text -> text |
ai21 | AI21 | jamba | Jamba | large-1.7 mini-1.7 | 256000 4096 | 2 8 | text -> text |
nousresearch | Nous | hermes | Hermes | 4-405b 4-70b 3-405b 3-70b | 131072 131072 | 1 3 | text -> text | thinks Llama3
perplexity | Perplexity | sonar | Sonar | - pro reasoning-pro deep-research | 200000 8000 | 1 1 | text -> text | thinks
baidu | Baidu | ernie-4.5 | ERNIE 4.5 | 300b-a47b 21b-a3b vl-424b-a47b vl-28b-a3b | 131072 12000 | 0.28 1.1 | text -> text |
bytedance-seed | ByteDance Seed | seed | Seed | 2.0-lite 2.0-mini 1.6 1.6-flash | 262144 131072 | 0.25 2 | text+image+video -> text | thinks
xiaomi | Xiaomi | mimo-v2 | MiMo V2 | .5-pro .5 -flash -omni | 1048576 131072 | 0.4 2 | text -> text | thinks
stepfun | StepFun | step | Step | 3.5-flash 3 2-mini | 262144 65536 | 0.1 0.3 | text -> text | thinks free
tencent | Tencent | hunyuan | Hunyuan | a13b-instruct t1 turbos | 131072 131072 | 0.14 0.57 | text -> text |
inception | Inception | mercury | Mercury | 2 coder - | 128000 50000 | 0.25 0.75 | text -> text |
ibm-granite | IBM | granite | Granite | 4.1-8b 4.0-h-micro 4.0-h-small | 131072 - | 0.02 0.11 | text -> text |
allenai | AllenAI | olmo | Olmo | 3.1-32b-instruct 3.1-32b-think 3-7b-instruct | 65536 65536 | 0.2 0.6 | text -> text | thinks
arcee-ai | Arcee AI | trinity | Trinity | large-preview mini spotlight | 131072 - | 0.05 0.15 | text -> text | free
liquid | LiquidAI | lfm | LFM | 2.5-1.2b-instruct 2-8b-a1b 2-24b-a2b | 32768 - | 0.01 0.02 | text -> text | free
inflection | Inflection | inflection-3 | Inflection 3 | pi productivity | 8000 1024 | 2.5 10 | text -> text |
upstage | Upstage | solar | Solar | pro-3 pro-2 mini | 131072 - | 0.15 0.6 | text -> text | thinks
writer | Writer | palmyra | Palmyra | x5 x4 med | 1040000 8192 | 0.6 6 | text -> text |
morph | Morph | morph-v3 | Morph V3 | large fast | 262144 131072 | 0.9 1.9 | text -> text |
relace | Relace | relace | Relace | apply-3 search | 256000 128000 | 0.85 1.25 | text -> text |
thedrummer | TheDrummer | drummer | Drummer | cydonia-24b-v4.1 rocinante-12b skyfall-36b-v2 unslopnemo-12b | 131072 131072 | 0.3 0.5 | text -> text |
sao10k | Sao10K | l3 | Llama 3 | lunaris-8b euryale-70b hanami-70b | 32768 16384 | 0.65 0.75 | text -> text | Llama3
aion-labs | AionLabs | aion | Aion | 2.0 1.0 1.0-mini | 131072 32768 | 0.8 1.6 | text -> text | thinks
deepcogito | Deep Cogito | cogito-v2.1 | Cogito v2.1 | 671b 405b 70b | 128000 - | 1.25 1.25 | text -> text | thinks
kwaipilot | Kwaipilot | kat-coder | KAT-Coder | pro-v2 air | 256000 80000 | 0.3 1.2 | text -> text |
inclusionai | inclusionAI | ling | Ling | 2.6-flash 2.6-1t 1t | 262144 32768 | 0.08 0.24 | text -> text |
switchpoint | Switchpoint | router | Switchpoint Router | - | 131072 - | 0.85 3.4 | text -> text |
openai | OpenAI | gpt-5-image | GPT-5 Image | mini - | 400000 128000 | 2.5 2 | text+image+file -> image+text | GPT
openai | OpenAI | gpt-5.4-image | GPT-5.4 Image | 2 | 272000 128000 | 8 15 | text+image+file -> image+text | GPT
openai | OpenAI | gpt-image | GPT Image | 2.5-sunburst 2 1 | 400000 16000 | 8 32 | text+image -> image | GPT
google | Google | gemini | Gemini | 3.1-flash-image 3.1-flash-image-preview 3.1-flash-lite-image 3-pro-image-preview 2.5-flash-image | 65536 32768 | 0.3 2.5 | text+image -> image+text | Gemini
black-forest-labs | Black Forest Labs | flux.2 | FLUX.2 | pro max flex klein-4b | 46864 - | 0 0 | text+image -> image |
bytedance-seed | ByteDance Seed | seedream | Seedream | 5-0-lite 4.5 | 4096 - | 0 0 | text+image -> image |
recraft | Recraft | recraft | Recraft | v4-pro v4 v3 | 65536 - | 0 0 | text+image -> image |
sourceful | Sourceful | riverflow | Riverflow | v2.5-pro v2.5-fast v2-pro v2-fast | 32768 - | 0 0 | text+image -> image |
microsoft | Microsoft | mai-image | MAI Image | 2.5 | 32768 - | 0 0 | text -> image |
openai | OpenAI | gpt-audio | GPT Audio | 1.5 - mini | 128000 16384 | 2.5 10 | text+audio -> text+audio | GPT
openai | OpenAI | gpt-4o-mini-tts | GPT-4o mini TTS | 2025-12-15 | 4096 - | 0.6 12 | text -> speech |
openai | OpenAI | gpt-tts | GPT TTS | 4o-mini 1-hd 1 | 4096 - | 0.6 12 | text -> speech |
google | Google | gemini-tts | Gemini TTS | 3.1-flash 2.5-flash 2.5-pro | 32768 - | 0.5 10 | text -> speech | Gemini
hexgrad | Hexgrad | kokoro | Kokoro | 82m | 4096 - | 0.6 0 | text -> speech |
openai | OpenAI | gpt-4o-mini-transcribe | GPT-4o mini Transcribe | - | 16000 - | 1.25 5 | audio -> transcription |
openai | OpenAI | gpt-4o-transcribe | GPT-4o Transcribe | - | 16000 - | 2.5 10 | audio -> transcription |
openai | OpenAI | whisper | Whisper | 1 large-v3 | 16000 - | 0.6 0 | audio -> transcription |
google | Google | chirp | Chirp | 3 | 16000 - | 1 0 | audio -> transcription |
mistralai | Mistral | voxtral | Voxtral | small-24b mini-transcribe | 32000 - | 0.1 0.3 | text+audio -> text | Mistral
nvidia | NVIDIA | parakeet | Parakeet | tdt-0.6b-v3 ctc-1.1b | 16000 - | 0 0 | audio -> transcription |
openai | OpenAI | text-embedding | Text Embedding | 3-large 3-small ada-002 | 8192 - | 0.13 0 | text -> embeddings |
qwen | Qwen | qwen3-embedding | Qwen3 Embedding | 8b 4b 0.6b | 32768 - | 0.01 0 | text -> embeddings | Qwen3
cohere | Cohere | rerank | Rerank | 4-pro 4-fast v3.5 | 32768 - | 0 0 | text -> rerank | Cohere
google | Google | veo | Veo | 3.1 3.1-fast 3.1-lite | 1024 - | 0 0 | text+image -> video |
openai | OpenAI | sora | Sora | 2 2-pro | 1024 - | 0 0 | text+image -> video |
`

const kinds = (text: string | undefined): readonly string[] =>
  text === 'everything' ? ['text', 'image', 'file', 'audio', 'video'] : (text ?? 'text').split('+')

function readLine(row: string): Line {
  const [
    author = '',
    house = '',
    slug = '',
    name = '',
    sizes = '',
    room = '',
    price = '',
    ways = '',
    marks = '',
  ] = row.split('|').map((cell) => cell.trim())
  const [context, output] = room.split(' ')
  const [prompt, completion] = price.split(' ')
  const [takes, gives] = ways.split(' -> ')
  const words = marks.split(' ')
  return {
    author,
    house,
    slug,
    name,
    sizes: sizes.split(' '),
    context: Number(context),
    output: output === '-' ? null : Number(output),
    price: [Number(prompt), Number(completion)],
    takes: kinds(takes),
    gives: kinds(gives),
    thinks: words.includes('thinks'),
    free: words.includes('free'),
    tokenizer: words.find((word) => /^[A-Z]/.test(word)) ?? 'Other',
  }
}

export const lines: readonly Line[] = table.trim().split('\n').map(readLine)
