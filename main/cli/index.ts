#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { createKeychain, nodeKeychainForker } from '../daemon/index'
import { runCommand } from './create-program'
import type { Terminal } from './terminal'

const built = import.meta.dirname

const interrupts = new Set<() => void>()

const terminal: Terminal = {
  env: process.env,
  platform: process.platform,
  home: homedir(),
  version: readVersion(),
  resolve: (path) => resolve(path),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  async readInput() {
    if (process.stdin.isTTY) return undefined
    let text = ''
    process.stdin.setEncoding('utf8')
    for await (const piece of process.stdin) text += piece as string
    return text
  },
  onInterrupt(work) {
    interrupts.add(work)
    process.on('SIGINT', work)
    return () => {
      interrupts.delete(work)
      process.off('SIGINT', work)
    }
  },
  openKeychain: () => createKeychain({ fork: nodeKeychainForker(join(built, 'keychain-child.js')) }),
}

/** A reader that has gone (`| head`) wants no more: the same as Ctrl-C, but no failure. */
let isReaderGone = false
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  isReaderGone = true
  for (const stop of interrupts) stop()
})

const code = await runCommand(process.argv.slice(2), terminal)
process.exitCode = isReaderGone ? 0 : code

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(built, '../../package.json'), 'utf8'))
  return String(Object(manifest).version)
}
