/** SHA-256 of the text's UTF-8 bytes. */
export type Hash = (text: string, as: 'hex' | 'base64url') => string
