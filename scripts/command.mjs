// Starting other programs: quietly with the output kept for the case of failure, or with the terminal handed over.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Stop } from './progress.mjs'

const isWindows = process.platform === 'win32'

/** Runs quietly and answers { code, output }; `output` holds stdout and stderr in the order they came. */
export function tryCommand(command, args, options = {}) {
  return new Promise((settle) => {
    const { timeout, ...rest } = options
    const child = spawn(command, args, { ...rest, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    let output = ''
    const keep = (chunk) => (output = (output + chunk).slice(-400_000))
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    const timer = timeout && setTimeout(() => child.kill('SIGKILL'), timeout)
    child.on('error', (error) => settle({ code: 127, output: error.message }))
    child.on('close', (code) => {
      clearTimeout(timer)
      settle({ code: code ?? 1, output })
    })
  })
}

/** Runs quietly; a failure becomes a `Stop` with the sentence and the last lines of the output. */
export async function command(sentence, program, args, options = {}) {
  const { code, output } = await tryCommand(program, args, options)
  if (code === 0) return output
  throw new Stop(`${sentence}\n${lastLines(output, 30)}`)
}

/** Hands the terminal over; signals are passed on, and the answer is the exit code. */
export function handOver(program, args, options = {}) {
  return new Promise((settle) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options })
    const passOn = (signal) => child.kill(signal)
    const ignore = () => {} // Ctrl+C reaches the child by itself: it is in the same terminal.
    process.on('SIGINT', ignore).on('SIGTERM', passOn).on('SIGHUP', passOn)
    const finish = (code) => {
      process.off('SIGINT', ignore).off('SIGTERM', passOn).off('SIGHUP', passOn)
      settle(code)
    }
    child.on('error', (error) => {
      process.stderr.write(`${program}: ${error.message}\n`)
      finish(127)
    })
    child.on('close', (code, signal) => finish(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

/** npm as a program and first arguments: the npm that started us, or the one on the PATH. */
export function npm(...args) {
  const script = process.env.npm_execpath
  if (script?.endsWith('npm-cli.js')) return [process.execPath, [script, ...args], {}]
  return [isWindows ? 'npm.cmd' : 'npm', args, { shell: isWindows }]
}

export function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n')
}

/** The full path of a program on the PATH, or null. */
export function whereIs(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...(isWindows ? [] : ['/usr/sbin', '/sbin'])]
  const found = folders.map((folder) => join(folder, program)).find((path) => existsSync(path))
  return found ?? null
}
