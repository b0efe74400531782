import { z } from 'zod'
import { takes } from './define'

/** What a person chose about the window. Everything has a default; unknown keys are refused. */
export const Preferences = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** BCP 47; `system` follows the desktop. */
  language: z.enum(['system', 'en', 'de']),
  /** 0.8 to 1.5; text size in the conversation. */
  text_scale: z.number().min(0.8).max(1.5),
  send_with: z.enum(['enter', 'mod_enter']),
  reduce_motion: z.enum(['system', 'on', 'off']),
  contrast: z.enum(['system', 'more', 'normal']),
  notify_when_done: z.boolean(),
  favourite_models: z.array(z.string()).max(500),
  /** Selectors, newest first. */
  recent_models: z.array(z.string()).max(20),
  /** Selector of who draws; empty: as the daemon chooses. */
  image_model: z.string().max(300),
  /** Selector, voice and speed of what reads aloud; empty: as the daemon chooses. */
  speech_model: z.string().max(300),
  speech_voice: z.string().max(96),
  speech_speed: z.number().min(0.25).max(4),
  /** How fast recordings are played. */
  playback_speed: z.number().min(0.5).max(3),
  /** Selector of what writes down, and its language (ISO 639-1); empty: as the daemon chooses, and as it hears. */
  transcription_model: z.string().max(300),
  dictation_language: z.string().max(32),
  dictation_format: z.enum(['webm', 'wav']),
  /** A device id of this window; empty: the system's own choice. */
  microphone_id: z.string().max(300),
  /** The dictation key also while another program is in front. */
  dictation_everywhere: z.boolean(),
  /** What was dictated while another program was in front is typed into it. */
  dictation_types: z.boolean(),
  /** Choices whose extra price was told of (`composer/extras`). */
  seen_extras: z.array(z.string().max(400)).max(500),
  sidebar_open: z.boolean(),
  inspector_open: z.boolean(),
  /** Pixels. */
  sidebar_width: z.number().min(160).max(600),
  inspector_width: z.number().min(200).max(800),
  last_session_id: z.string().nullable(),
  /** The page of the settings that was open last; one that is unknown falls back to the first. */
  settings_tab: z.string().max(40),
  /**
   * Keys by command, where they differ from the command's own; empty: none. Spelled as in `$mod+Shift+E`. What this
   * window does not know is kept and means nothing.
   */
  shortcuts: z
    .record(z.string().min(1).max(100), z.string().max(60))
    .refine((keys) => Object.keys(keys).length <= 300),
})
export type Preferences = z.infer<typeof Preferences>

export const preferenceCalls = {
  'preferences.get': takes(() => z.strictObject({})).returns<Preferences>(),
  'preferences.set': takes(() => Preferences.partial()).returns<Preferences>(),
}
