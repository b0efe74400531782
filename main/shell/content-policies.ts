import { appOrigin, assetScheme, diagramsOrigin } from './origin'

/** What a page of each of our origins may load and do. */
export const contentPolicies = {
  /** No inline script, no eval, nothing from elsewhere. Styles from our files only: see the README beside this. */
  window: [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' blob: data: ${assetScheme}:`,
    "font-src 'self'",
    // Sound is read to be drawn; who is handed any bytes is decided by `mayShow`.
    `connect-src 'self' ${assetScheme}:`,
    `media-src 'self' blob: ${assetScheme}:`,
    "worker-src 'self'",
    `frame-src ${diagramsOrigin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),

  /** Its own script and the styles that Mermaid writes; no network, no storage, no window, no picture. */
  diagrams: [
    "default-src 'none'",
    `script-src ${diagramsOrigin}`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${appOrigin}`,
    'sandbox allow-scripts',
  ].join('; '),
}
