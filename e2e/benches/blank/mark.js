// Usable: the second frame after the document is there, the same moment the app marks.
requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('kheish:usable')))
