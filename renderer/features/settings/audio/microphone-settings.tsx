/** Which microphone dictation listens to, and how. */
export const MicrophoneSettings = (): null => null
