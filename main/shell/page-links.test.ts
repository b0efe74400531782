import { expect, test } from 'vitest'
import { linksOf } from './page-links'

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Kheish</title>
    <link
      rel="preload"
      href="./assets/inter.woff2"
      as="font"
      type="font/woff2"
      crossorigin
    />
    <script defer blocking="render" src="./assets/start-a1.js"></script>
    <link rel="stylesheet" crossorigin href="./assets/window-b2.css">
    <link rel="icon" href="./icon.png">
    <script>var inline = "src"</script>
  </head>
  <body><div id="root"></div></body>
</html>`

test('a page says ahead what it begins with, each fetched as the page itself would', () => {
  expect(linksOf(page).split(', ')).toEqual([
    '<./assets/inter.woff2>; rel=preload; as=font; type="font/woff2"; crossorigin',
    '<./assets/start-a1.js>; rel=preload; as=script',
    '<./assets/window-b2.css>; rel=preload; as=style; crossorigin',
  ])
})

test('a page with nothing to fetch says nothing', () => {
  expect(linksOf('<!doctype html><title>Bare</title><p>src="no"</p>')).toBe('')
})
