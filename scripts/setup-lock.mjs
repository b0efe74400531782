// Two set-ups in one project at the same time (two terminals, or two `kheish` commands) would tread on each other:
// the second waits until the first is through.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { cacheFolder } from './cache.mjs'
import { say } from './progress.mjs'

export async function alone(work) {
  const project = createHash('sha256').update(process.cwd()).digest('hex').slice(0, 16)
  const lock = join(cacheFolder('locks'), project)
  for (let attempt = 0; !taken(lock); attempt++) {
    if (attempt === 5) say('· waiting for another set-up of this project to finish')
    await pause(200)
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function taken(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    if (!isHeld(lock)) rmSync(lock, { force: true })
    return false
  }
}

// A set-up that was killed leaves its file behind; its process number tells.
function isHeld(lock) {
  try {
    const holder = Number(readFileSync(lock, 'utf8'))
    if (holder > 0) process.kill(holder, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
