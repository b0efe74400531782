import { app, globalShortcut, Notification, shell, type NotificationConstructorOptions } from 'electron'
import type { AppHandlers } from '@contract/calls'
import type { ShellEvent } from '@contract/events'
import type { Preferences } from '@contract/preferences'
import { createDictationKey, desktopOf, dictate } from './dictation-key'
import { systemClipboard } from './kept-clipboard'
import { microphoneSettings, openMicrophoneSettings } from './microphone-settings'
import { onPath, pasteWays, press } from './press-paste'
import { createSign } from './sign-elsewhere'
import { createTyping } from './type-text'
import type { Words } from './words'

type Call = 'app.dictationKey' | 'app.typeText' | 'app.signElsewhere' | 'app.openMicrophoneSettings'

/** What of dictating needs the desktop: its key for all programs, other programs, and its settings. */
export function createDictating({
  isFocused,
  words,
  publish,
  show,
}: {
  readonly isFocused: () => boolean
  readonly words: () => Words
  readonly publish: (event: ShellEvent) => void
  /** Brings the window to the front. */
  readonly show: () => void
}) {
  const { env, platform, versions } = process
  const key = createDictationKey({
    keys: globalShortcut,
    desktop: desktopOf(env, platform, isOnWayland(), Number.parseInt(versions.electron, 10)),
    isFocused,
    pressed: (inFront) =>
      publish(inFront ? { type: 'command.invoked', command: dictate } : { type: 'dictation.pressed' }),
    words,
  })
  const type = createTyping({
    clipboard: systemClipboard,
    ways: () => pasteWays(platform, env, onPath(env)),
    press,
    isFocused,
    words,
  })
  const sign = createSign({
    isFocused,
    show: (options) => (Notification.isSupported() ? showNotification(options, show) : undefined),
  })
  const handlers: Pick<AppHandlers, Call> = {
    'app.dictationKey': () => key.state(),
    'app.typeText': ({ text }) => type(text),
    'app.signElsewhere': ({ sign: wanted }) => sign(wanted),
    'app.openMicrophoneSettings': async () => ({
      is_open: await openMicrophoneSettings(microphoneSettings(platform, onPath(env)), (address) =>
        shell.openExternal(address),
      ),
    }),
  }
  return {
    handlers,
    focused: key.focused,
    stop: key.stop,
    /** Not before Electron is ready, which no preference is. */
    follow: (preferences: Preferences) => key.follow(preferences),
  }
}

function showNotification(options: NotificationConstructorOptions, chosen: () => void): Notification {
  const notification = new Notification(options)
  notification.on('click', chosen)
  notification.show()
  return notification
}

/** From Electron 38 on that is for the desktop to say; before, for whoever starts us. */
function isOnWayland(): boolean {
  const platform = app.commandLine.getSwitchValue('ozone-platform')
  if (platform !== '') return platform === 'wayland'
  return Number.parseInt(process.versions.electron, 10) >= 38
}
