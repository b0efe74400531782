import { readFileSync, writeFileSync } from 'node:fs'
import { connected } from '../driver/chat'
import { startCommand } from '../driver/command-line'
import { newStateRoot, removeStateRoot } from '../driver/launch-app'
import { expect, test } from '../driver/test'
import { openWebPage } from '../driver/web-page'

test('a web page reaches nothing of a daemon that serves a port, not even with the token', async ({
  provider,
}, info) => {
  const options = { ...connected(provider), stateRoot: newStateRoot() }
  const tokenFile = info.outputPath('tokens')
  const serving = startCommand(
    ['serve', '--bind', '127.0.0.1:0', '--token-file', tokenFile, '--json'],
    options,
  )
  const site = await openWebPage()
  try {
    await expect.poll(serving.out, { timeout: 20_000, message: serving.err() }).toContain('\n')
    const { url: address } = JSON.parse(serving.out()) as { readonly url: string }
    const [token = ''] = readFileSync(tokenFile, 'utf8').split(/\s+/u)
    const authorization = `Bearer ${token}`

    // The token is right: a program that is no page is let in.
    const asked = await fetch(`${address}/v1/status`, { headers: { authorization } })
    expect(asked.status).toBe(200)

    const tries = await site.page.evaluate(
      async ([base, bearer]) => {
        const attempt = async (path: string, init: RequestInit) => {
          try {
            const answer = await fetch(base + path, init)
            return answer.type === 'opaque' ? 'opaque' : `read ${answer.status}`
          } catch {
            return 'refused'
          }
        }
        const headers = { authorization: bearer }
        const body = JSON.stringify({ title: 'made by a page' })
        return {
          plain: await attempt('/v1/status', {}),
          token: await attempt('/v1/status', { headers }),
          form: await attempt('/v1/sessions', { method: 'POST', mode: 'no-cors', body }),
          write: await attempt('/v1/sessions', { method: 'POST', headers, body }),
          stream: await attempt('/v1/events/stream', { headers }),
        }
      },
      [address, authorization] as const,
    )
    expect(tries).toMatchObject({ plain: 'refused', token: 'refused', write: 'refused', stream: 'refused' })
    const listed = await fetch(`${address}/v1/sessions`, { headers: { authorization } })
    expect(await listed.json()).toMatchObject({ sessions: [] })
  } finally {
    await site.close()
    serving.child.kill('SIGTERM')
    expect(await serving.ended).toBe(0)
    writeFileSync(tokenFile, '')
    removeStateRoot(options.stateRoot)
  }
})
