/** What `kheish --help` says after its list of commands. */
export const helpAfterCommands = `
Examples:
  kheish secrets set openrouter.primary --from-env OPENROUTER_API_KEY
  kheish sessions input "Say hello"
  git diff | kheish sessions input --model openrouter/anthropic/claude-sonnet-4
  kheish runtime set-model openrouter/openai/gpt-5.4-mini
  kheish doctor routes --check-auth

"kheish COMMAND --help" teaches more. Tab completion: "kheish completions --help".

Environment:
  KHEISH_STATE_ROOT   the folder with all state; without it the app's own
  KHEISH_ROUTES_FILE  the routes file; without it routes.toml in that folder
  NO_COLOR            no colours

While the app or "kheish serve" is open on that folder, commands speak to it;
otherwise each command does its work by itself.
With --json results are JSON on standard output and faults JSON on standard error.

Exit codes:
  0 done  1 failed or not healthy  2 not understood  3 not reachable
  4 trouble with the key  5 not found  6 conflict  7 may work in a moment
  130 cancelled
`

/** What a command that takes a selector says of it. */
export const helpOnSelectors = `
A model may begin with the name of a route: openrouter/openai/gpt-5.4-mini is
the model openai/gpt-5.4-mini on the route openrouter. Without one the default
route is asked; "kheish runtime get" shows the routes.
`
