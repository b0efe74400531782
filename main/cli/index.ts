#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createKeychain, nodeKeychainForker, nodeMediaForker } from '../daemon/index'
import { runCommandLine } from './run-command-line'

const built = import.meta.dirname

const { version } = Object(JSON.parse(readFileSync(join(built, '../../package.json'), 'utf8'))) as {
  readonly version: string
}

void runCommandLine({
  words: process.argv.slice(2),
  version,
  openKeychain: () => createKeychain({ fork: nodeKeychainForker(join(built, 'keychain-child.js')) }),
  forkMedia: nodeMediaForker(join(built, 'media-child.js')),
  hashThread: join(built, 'hash-thread.js'),
}).then((code) => {
  process.exitCode = code
})
