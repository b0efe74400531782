import { describe, expect, it } from 'vitest'
import { mayHoldFiles, readDrop, readPaste, type Transfer } from './read-transfer'

const png = 'iVBORw0KGgo='
const file = (name: string): File => new File(['x'], name, { type: 'image/png' })

function transfer(
  data: Readonly<Record<string, string>>,
  files: readonly (File | { readonly folder: string })[] = [],
): Transfer {
  return {
    types: [...Object.keys(data), ...(files.length > 0 ? ['Files'] : [])],
    getData: (type) => data[type] ?? '',
    items: files.map((each) => ({
      kind: 'file',
      type: each instanceof File ? each.type : '',
      getAsFile: () => (each instanceof File ? each : new File([], each.folder)),
      webkitGetAsEntry: () =>
        each instanceof File
          ? { isDirectory: false, name: each.name }
          : { isDirectory: true, name: each.folder },
    })),
  }
}
const told = (taken: ReturnType<typeof readDrop>) =>
  taken && {
    files: taken.files.map(({ name, type, size }) => `${name} ${type} ${size}`),
    refused: taken.refused.map(({ why, name }) => `${why} ${name}`),
  }
const nameFor = (ending: string): string => `pasted.${ending}`

describe('a drop', () => {
  it('takes files and refuses folders by name', () => {
    expect(told(readDrop(transfer({}, [file('a.png'), { folder: 'holiday' }])))).toEqual({
      files: ['a.png image/png 1'],
      refused: ['folder holiday'],
    })
  })

  it.each([
    [
      'a picture in the markup',
      `<img alt="x" src="data:image/png;base64,${png}">`,
      ['picture.png image/png 8'],
      [],
    ],
    [
      'one that would be fetched',
      '<p><img src="https://a.example/x.png?a=1&amp;b=2"></p>',
      [],
      ['remote a.example'],
    ],
    ['a broken one', "<img src='data:image/png;base64,%%%'>", [], ['remote ']],
    ['a JPEG', `<IMG SRC=data:image/jpeg;base64,${png}>`, ['picture.jpg image/jpeg 8'], []],
  ])('out of a browser: %s', (_, html, files, refused) => {
    expect(told(readDrop(transfer({ 'text/html': html, 'text/uri-list': 'https://a.example' })))).toEqual({
      files,
      refused,
    })
  })

  it('takes the file where a browser gives both, and leaves text alone', () => {
    const both = transfer({ 'text/html': '<img src="https://a.example/x.png">' }, [file('x.png')])
    expect(told(readDrop(both))).toEqual({ files: ['x.png image/png 1'], refused: [] })
    expect(readDrop(transfer({ 'text/plain': 'hello' }))).toBeNull()
    expect(readDrop(transfer({ 'text/html': '<a href="/x">x</a>', 'text/uri-list': 'x' }))).toBeNull()
  })

  it('shows before its end only that it may', () => {
    expect(mayHoldFiles({ types: ['Files'] })).toBe(true)
    expect(mayHoldFiles({ types: ['text/uri-list', 'text/html'] })).toBe(true)
    expect(mayHoldFiles({ types: ['text/plain', 'text/html'] })).toBe(false)
  })
})

describe('a paste', () => {
  it.each<[string, Transfer, ReturnType<typeof told>]>([
    [
      'a screenshot gets a name',
      transfer({}, [file('image.png')]),
      { files: ['pasted.png image/png 1'], refused: [] },
    ],
    [
      'a picture copied in a browser',
      transfer({ 'text/html': '<img src="https://a.example/x.png">' }, [file('image.png')]),
      { files: ['pasted.png image/png 1'], refused: [] },
    ],
    [
      'files copied in a file browser, with their names as text',
      transfer({ 'text/plain': '/home/me/a.png' }, [file('a.png')]),
      { files: ['a.png image/png 1'], refused: [] },
    ],
    ['cells with a picture of them are text', transfer({ 'text/plain': '1\t2' }, [file('image.png')]), null],
    ['text is text', transfer({ 'text/plain': 'hello', 'text/html': '<b>hello</b>' }), null],
    ['text with a picture is text', transfer({ 'text/plain': 'hi', 'text/html': '<img src="x">' }), null],
    [
      'a picture in markup alone',
      transfer({ 'text/html': `<img src="data:image/webp;base64,${png}">` }),
      { files: ['pasted.webp image/webp 8'], refused: [] },
    ],
    [
      'one that would be fetched',
      transfer({ 'text/html': '<img src="https://a.example/x.png">' }),
      { files: [], refused: ['remote a.example'] },
    ],
    ['a folder', transfer({}, [{ folder: 'holiday' }]), { files: [], refused: ['folder holiday'] }],
    ['nothing of use', transfer({ 'application/x-thing': 'x' }), { files: [], refused: ['nothing '] }],
  ])('%s', (_, given, expected) => {
    expect(told(readPaste(given, nameFor))).toEqual(expected)
  })
})
