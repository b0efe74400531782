import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ErrorBoundary } from 'react-error-boundary'
import '../ui/theme.css'
import { createClient } from '../client/client'
import { UiProvider } from '../ui/ui-provider'
import { AppContext } from './app-context'
import { createApp } from './create-app'
import { boot } from './boot'
import { LastResort } from './last-resort'
import { Players } from './players'
import { Window } from './window'

// No page of ours makes code of text; the schemas, read later, would try.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })

const root = document.getElementById('root')
const bridge = window.kheish
if (!root || !bridge) throw new Error('This page works only inside Kheish.')

const app = createApp(createClient(bridge))
boot(app)
createRoot(root).render(
  <StrictMode>
    <UiProvider>
      <ErrorBoundary FallbackComponent={LastResort}>
        <AppContext value={app}>
          <Players>
            <Window />
          </Players>
        </AppContext>
      </ErrorBoundary>
    </UiProvider>
  </StrictMode>,
)
