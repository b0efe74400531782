import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import type { Keychain } from '../daemon/ports/keychain'
import type { ForkKeychain } from '../daemon/ports/keychain-child'
import type { ForkMedia } from '../daemon/ports/media-child'
import { utilityKeychainForker } from './fork-keychain'
import { utilityMediaForker } from './fork-media'

export interface CommandNeeds {
  /** Absolute path of the build's folder. */
  readonly out: string
  readonly words: readonly string[]
  /** Read when it is needed: a window never needs it. */
  readonly load: () => Promise<{
    readonly runCommandLine: (needs: {
      readonly words: readonly string[]
      readonly version: string
      readonly openKeychain: () => Keychain
      readonly forkMedia: ForkMedia
      readonly hashThread: string
    }) => Promise<number>
    readonly createKeychain: (needs: { readonly fork: ForkKeychain }) => Keychain
  }>
}

/**
 * This app as the `kheish` command: no window, no lock of the app's own, and its exit code is the command's. A packaged
 * app is no plain Node, so it is its own command line.
 */
export function runAsCommand({ out, words, load }: CommandNeeds): void {
  // Chromium keeps files even without a page; they belong to nobody.
  const folder = mkdtempSync(join(tmpdir(), 'kheish-command-'))
  app.setPath('userData', folder)
  app.dock?.hide()
  // Nothing is drawn, and what a missing display makes the drawing process say would stand among the command's words.
  app.disableHardwareAcceleration()
  app.commandLine.appendSwitch('disable-gpu')
  app.commandLine.appendSwitch('disable-software-rasterizer')
  // A closed window is no reason to end, and there is none.
  app.on('window-all-closed', () => undefined)
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const run = async () => {
    const { runCommandLine, createKeychain } = await load()
    const fork = utilityKeychainForker(join(out, 'main/keychain-child.js'))
    const openKeychain = () => createKeychain({ fork })
    const forkMedia = utilityMediaForker(join(out, 'main/media-child.js'))
    const hashThread = join(out, 'main/hash-thread.js')
    app.exit(await runCommandLine({ words, version: app.getVersion(), openKeychain, forkMedia, hashThread }))
  }
  app
    .whenReady()
    .then(run)
    .catch((error: unknown) => {
      process.stderr.write(`kheish: it could not start (${String(error)})\n`)
      app.exit(1)
    })
}
