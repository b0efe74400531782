export const openApiDocument = (version: string) => ({ openapi: '3.1.1', info: { title: 'Kheish', version } })
