/** The route and the slot of the file that the first start writes. */
export const recommendedRoute = { route_id: 'openrouter', slot_id: 'openrouter.primary' } as const

/** The file that the first start writes when there is none (contract 2.8). */
export const recommendedFile = `# Routes of Kheish, read at start: restart after a change.
# The key is not in this file: auth_ref names a slot in the system's keychain.
version = 1
default_route = "openrouter"

[routes.openrouter]
driver = "openrouter"
default_model = "openai/gpt-5.4-mini"
model_support = "any"
auth_ref = "openrouter.primary"
`
