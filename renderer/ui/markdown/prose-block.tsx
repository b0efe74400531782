import {
  createContext,
  memo,
  use,
  useMemo,
  type ComponentProps,
  type PropsWithChildren,
  type ReactNode,
} from 'react'
import { Block, type BlockProps, type Components, type ExtraProps } from 'streamdown'
import { cutParagraph } from './paragraph-pieces'
import { partTable } from './table-rows'

/**
 * Streamdown's block, but for a long table or paragraph: of these only the end is parsed again while they grow. What
 * is drawn is the same.
 */
export const ProseBlock = memo(function ProseBlock(props: BlockProps) {
  const { content, components } = props
  const parts = useMemo(() => partsOf(content), [content])
  const looks = useMemo(
    () => ({
      first: { ...components, tbody: WholeBody, p: WholeParagraph },
      rest: { ...components, ...withoutFrame },
    }),
    [components],
  )
  if (!parts) return <Block {...props} />
  const [first = '', ...rest] = parts.pieces
  return (
    <Rest
      value={rest.map((piece, at) => (
        <Piece key={at} gap={parts.gap}>
          <Block {...props} content={parts.head + piece} components={looks.rest} />
        </Piece>
      ))}
    >
      <Block {...props} content={parts.head + first} components={looks.first} />
    </Rest>
  )
})

/** `head` is said before each piece; `gap` is drawn between two. */
function partsOf(content: string) {
  const table = partTable(content)
  if (table) return { head: table.head, pieces: table.groups, gap: '' }
  const pieces = cutParagraph(content)
  return pieces && { head: '', pieces, gap: ' ' }
}

function Piece({ gap, children }: { readonly gap: string; readonly children: ReactNode }) {
  return (
    <>
      {gap}
      {children}
    </>
  )
}

/** All pieces but the first, which stand inside what the first has opened. */
const Rest = createContext<ReactNode>(null)

function WholeBody({ children }: ComponentProps<'tbody'> & ExtraProps) {
  return (
    <tbody>
      {children}
      {use(Rest)}
    </tbody>
  )
}

function WholeParagraph({ children }: ComponentProps<'p'> & ExtraProps) {
  return (
    <p>
      {children}
      {use(Rest)}
    </p>
  )
}

const Inside = ({ children }: PropsWithChildren & ExtraProps): ReactNode => children
const Nothing = (): ReactNode => null
const withoutFrame: Components = { p: Inside, table: Inside, thead: Nothing, tbody: Inside }
