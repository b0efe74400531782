import { Command } from 'commander'
import { addApprovalCommands } from './approval-commands'
import { addAssetCommands } from './asset-commands'
import { addAudioCommands } from './audio-commands'
import { addCallCommand } from './call-command'
import { addCompletionCommands } from './completion-commands'
import { addCostCommands } from './cost-commands'
import { addDerivationCommands } from './derivation-commands'
import { addDoctorCommands } from './doctor-commands'
import { helpAfterCommands } from './help'
import { addImageCommands } from './image-commands'
import { addModelCommands } from './model-commands'
import { addObservationCommands } from './observation-commands'
import { addPermissionCommands } from './permission-commands'
import { addRecordingCommands } from './recording-commands'
import { addRunCommands } from './run-commands'
import { addRuntimeCommands } from './runtime-commands'
import { addRoutesCommands } from './routes-commands'
import { addSecretCommands } from './secret-commands'
import { addServeCommand } from './serve-command'
import { addSessionCommands } from './session-commands'
import { addSettingsCommands } from './settings-commands'
import type { Desk } from './show'
import { addSourceCommands } from './source-commands'
import { addStatusCommand } from './status-commands'
import { addUpkeepCommands } from './upkeep-commands'

/** The whole `kheish` command. Every command takes --json. */
export function createProgram(desk: Desk): Command {
  const { terminal } = desk
  const program = new Command('kheish')
    .description('Kheish from the command line: the same chats, routes and keys as in its window')
    .addHelpText('after', helpAfterCommands)
    .version(terminal.version)
    .exitOverride()
    // A command that has commands of its own takes --json as well.
    .enablePositionalOptions()
    .configureOutput({
      writeOut: terminal.out,
      writeErr: () => undefined,
      getOutHelpWidth: () => terminal.look.columns ?? 80,
    })
  addServeCommand(program, desk)
  addStatusCommand(program, desk)
  addDoctorCommands(program, desk)
  addSessionCommands(program, desk)
  addRunCommands(program, desk)
  addAssetCommands(program, desk)
  addImageCommands(program, desk)
  addAudioCommands(program, desk)
  addSourceCommands(program, desk)
  addObservationCommands(program, desk)
  addRecordingCommands(program, desk)
  addDerivationCommands(program, desk)
  addPermissionCommands(program, desk)
  addApprovalCommands(program, desk)
  addModelCommands(program, desk)
  addRuntimeCommands(program, desk)
  addRoutesCommands(program, desk)
  addSecretCommands(program, desk)
  addSettingsCommands(program, desk)
  addCostCommands(program, desk)
  addUpkeepCommands(program, desk)
  addCallCommand(program, desk)
  addCompletionCommands(program, desk)
  for (const command of leavesOf(program)) {
    if (!command.options.some((option) => option.long === '--json'))
      command.option('--json', 'answer as JSON')
  }
  return program
}

/** The commands that do something. */
export const leavesOf = (command: Command): readonly Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf)
