/** The page of the settings that is open, by its id. */
export type SettingsTab =
  | 'routes'
  | 'keys'
  | 'audio'
  | 'permissions'
  | 'shortcuts'
  | 'appearance'
  | 'costs'
  | 'privacy'
  | 'diagnostics'
