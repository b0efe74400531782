import type { Approval, PermissionRule } from '@contract/permissions'
import { chatList, connected, lastAnswer, messageBox, say, transcript, untilQuiet } from '../driver/chat'
import type { Provider } from '../driver/demo-provider'
import { newStateRoot, type RunningApp } from '../driver/launch-app'
import { expect, test } from '../driver/test'

/** An answer that calls one tool. */
const calling = (name: string, input: object) => ({
  tool_calls: [
    [
      {
        index: 0,
        id: `call_${name}`,
        type: 'function',
        function: { name, arguments: JSON.stringify(input) },
      },
    ],
  ],
})
const showing = (content: string) => calling('emit_output', { content })
const page = 'https://tides.example.com/lisbon'

const askFor = (app: RunningApp, ...tools: readonly string[]) =>
  Promise.all(
    tools.map((pattern) => app.ask('permissions.setRule', { scope: 'user', pattern, behaviour: 'ask' })),
  )
async function pending(app: RunningApp): Promise<readonly Approval[]> {
  const answer = await app.ask('approvals.list')
  if (!answer.ok) throw new Error(answer.fault.code)
  return (answer.value as { readonly approvals: readonly Approval[] }).approvals
}
/** What models were asked for, without lists and titles of the catalogue. */
const askedModels = async (provider: Provider): Promise<readonly string[]> =>
  (await provider.requests())
    .filter(({ path }) => path.endsWith('/chat/completions'))
    .map(({ body }) => JSON.stringify(body))

test('a tool that has to ask waits; it is denied, allowed once, and allowed for the chat', async ({
  launch,
  provider,
}) => {
  await provider.clear()
  const app = await launch(connected(provider))
  const { page: window } = app
  const card = (tool: string) => window.getByRole('alertdialog', { name: `Approve ${tool}` })
  const press = (tool: string, name: string) => card(tool).getByRole('button', { name, exact: true }).click()
  await askFor(app, 'web_fetch', 'emit_output')

  await test.step('denied: the model is told, and goes on', async () => {
    await provider.script(calling('web_fetch', { url: page }), { text: 'Then I go by memory.' })
    await say(window, 'When is low tide?')
    await expect(card('web_fetch')).toContainText(page)
    await expect(lastAnswer(window)).toContainText('Waiting for your approval: web_fetch')
    await expect(chatList(window)).toContainText('waiting for you')
    // It took the focus from an empty box, and a letter goes back there.
    await expect(card('web_fetch')).toBeFocused()
    await window.keyboard.type('So')
    await expect(messageBox(window)).toHaveValue('So')
    await messageBox(window).fill('')
    await press('web_fetch', 'Deny')
    await expect(lastAnswer(window)).toContainText('Then I go by memory.')
    await expect(lastAnswer(window)).toContainText('Not allowed')
    await expect(card('web_fetch')).toHaveCount(0)
    await expect(messageBox(window)).toBeFocused()
    await untilQuiet(window)
    const asked = await askedModels(provider)
    expect(asked).toHaveLength(2)
    expect(asked[1]).toContain('"role":"tool"')
  })

  await test.step('allowed once: the next one asks again', async () => {
    for (const words of ['Low at noon.', 'High at six.']) {
      await provider.script(showing(words), { text: 'Done.' })
      await say(window, 'Show it')
      await expect(card('emit_output')).toBeVisible()
      await expect(lastAnswer(window)).not.toContainText('Done.')
      await press('emit_output', 'Allow once')
      await expect(lastAnswer(window)).toContainText(words)
      await untilQuiet(window)
    }
  })

  await test.step('allowed for the chat: nothing asks there any more, and elsewhere it does', async () => {
    await provider.script(showing('Springs on Sunday.'), { text: 'Done.' })
    await say(window, 'And when are the springs?')
    await press('emit_output', 'Allow for this chat')
    await expect(lastAnswer(window)).toContainText('Springs on Sunday.')
    await untilQuiet(window)
    await provider.script(showing('Neaps a week later.'), { text: 'Done.' })
    await say(window, 'And the neaps?')
    await expect(lastAnswer(window)).toContainText('Neaps a week later.')
    await untilQuiet(window)
    const { session } = await transcript(app)
    const listed = await app.ask('permissions.listRules', { session_id: session.session_id })
    const { rules } = (listed.ok ? listed.value : { rules: [] }) as {
      readonly rules: readonly PermissionRule[]
    }
    expect(rules.filter(({ scope }) => scope === 'session')).toMatchObject([
      { pattern: 'emit_output', behaviour: 'allow' },
    ])
    const elsewhere = await app.ask('permissions.check', { tool_name: 'emit_output' })
    expect(elsewhere.ok && elsewhere.value).toMatchObject({ behaviour: 'ask' })
  })
})

test('a call that waits survives kill -9 and is decided once, afterwards', async ({ launch, provider }) => {
  await provider.clear()
  const stateRoot = newStateRoot()
  const options = connected(provider, { stateRoot })
  const first = await launch(options)
  await askFor(first, 'emit_output')
  await provider.script(showing('Low at noon.'), { text: 'That is all.' })
  await say(first.page, 'Show me the tide')
  await expect(first.page.getByRole('alertdialog', { name: 'Approve emit_output' })).toBeVisible()
  const [asked] = await pending(first)
  await first.kill()

  const second = await launch(options)
  const card = second.page.getByRole('alertdialog', { name: 'Approve emit_output' })
  await expect(card).toContainText('Low at noon.')
  expect(await pending(second)).toEqual([asked])
  await card.getByRole('button', { name: 'Allow once', exact: true }).click()
  await expect(lastAnswer(second.page)).toContainText('That is all.')
  await untilQuiet(second.page)
  // The request that led to the call was not made again.
  expect(await askedModels(provider)).toHaveLength(2)
  const resolutions = [{ approval_id: asked?.approval_id, decision: 'deny' }]
  const again = await second.ask('approvals.resolve', { resolutions })
  expect(again.ok || again.fault.code).toBe('approval_duplicate_resolution')
})
