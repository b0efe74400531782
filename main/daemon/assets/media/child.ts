process.on('message', () => undefined)
