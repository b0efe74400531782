import type { Preferences } from './preferences'

/** In a file of its own, so that a window can have them without the schemas. */
export const defaultPreferences: Preferences = {
  theme: 'system',
  language: 'system',
  text_scale: 1,
  send_with: 'enter',
  reduce_motion: 'system',
  contrast: 'system',
  notify_when_done: true,
  favourite_models: [],
  recent_models: [],
  image_model: '',
  seen_extras: [],
  sidebar_open: true,
  inspector_open: false,
  sidebar_width: 260,
  inspector_width: 320,
  last_session_id: null,
  settings_tab: 'keys',
  shortcuts: {},
}
