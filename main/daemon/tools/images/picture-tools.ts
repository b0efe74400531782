import type { ImageOrder } from '@contract/image-order'
import type { ImageModelView } from '@contract/images'
import type { ToolView } from '@contract/tools'
import { hasBackend } from '../../core/images/order-routes'
import type { ImageOperation } from '../../core/images/choose-model'
import { inferSources } from '../../core/images/infer-sources'
import { pictureOutput } from '../../core/images/picture-output'
import { readOrder } from '../../core/images/read-order'
import { imageSizes } from '../../core/images/sizes'
import { optionProperties, readOptions } from '../../core/images/tool-options'
import { picturesOf } from '../../core/runs/context-pictures'
import { Failure } from '../../core/failure'
import type { ImageChoice, ImageService } from '../../ports/images'
import type { Tool, ToolCall, ToolResult } from '../../ports/tools'
import type { Offered } from '../create-toolbox'
import type { ImagePorts } from './image-ports'

type Needs = Pick<ImagePorts, 'routing' | 'store'> & { readonly images: ImageService }

/** `generate_image` and `edit_image` (contract 9.2, 9.3), there while some route has the backend. */
export function pictureTools(on: Needs): readonly Offered[] {
  const isVisible = (operation: ImageOperation) =>
    on.routing.table()?.routes.some((route) => hasBackend(route, operation)) ?? false
  return [generateImage(on), editImage(on)].map(({ operation, tool }) => ({
    tool,
    isVisible: () => isVisible(operation),
    viewFor: (soft) => {
      const [choice] = on.images.candidates({ operation, soft })
      return withOptions(tool.view, parametersOf(on, choice))
    },
  }))
}

interface PictureTool {
  readonly operation: ImageOperation
  readonly tool: Tool
}

const generateImage = (on: Needs): PictureTool => ({
  operation: 'generate',
  tool: {
    view: viewOf('generate_image', {
      description:
        'Makes pictures from words and keeps them as assets. They are not shown by themselves: show them with emit_output.',
      properties: {},
    }),
    run: (input, call) => carryOut(on, 'generate', input, call),
  },
})

const editImage = (on: Needs): PictureTool => ({
  operation: 'edit',
  tool: {
    view: viewOf('edit_image', {
      description:
        'Edits pictures that are kept as assets, and keeps the result as a new asset; the originals stay as they are. Results are not shown by themselves: show them with emit_output.',
      properties: {
        image_asset_ids: {
          type: 'array',
          items: { type: 'string' },
          maxItems: 8,
          description:
            'Asset ids of the pictures, the one to edit first. Leave it out to edit the one picture of the current message.',
        },
      },
    }),
    run: (input, call) => carryOut(on, 'edit', input, call),
  },
})

async function carryOut(
  on: Needs,
  operation: ImageOperation,
  input: unknown,
  call: ToolCall,
): Promise<ToolResult> {
  const { images } = on
  const { provider, model, image_asset_ids: given, ...asked } = readOrder(input)
  const { route_id, model: own } = call.run
  const soft = { route_id, model: own }
  const sources = operation === 'edit' ? inferSources(given, picturesShown(on, call)) : []
  const candidates = images.candidates({ operation, provider, model, soft })
  const options = readOptions(input, parametersOf(on, candidates[0]))
  const order: ImageOrder = {
    operation,
    ...asked,
    ...(options ? { options } : {}),
    source_asset_ids: sources,
  }
  const refusal = images.refusal(order)
  if (refusal) throw new Failure(refusal)
  const made = await images.make(order, candidates, call, ({ usage }) => {
    if (usage?.cost_usd !== undefined) call.paid(usage.cost_usd)
  })
  return { output: pictureOutput(made), facts: made.facts }
}

/** What is known of the model that would be asked first. */
const parametersOf = ({ images }: Needs, choice: ImageChoice | undefined): ImageModelView['parameters'] =>
  (choice && images.models(choice.route_id).find(({ id }) => id === choice.model)?.parameters) ?? {}

/** The pictures of the message that the run answers. */
function picturesShown({ store }: Needs, { run }: ToolCall) {
  const message = run.user_message_id === null ? undefined : store.messages.get(run.user_message_id)
  return message && picturesOf(message.parts)
}

function viewOf(
  name: string,
  { description, properties }: { readonly description: string; readonly properties: object },
): ToolView {
  return {
    name,
    description,
    tool_class: 'media',
    parallel: false,
    timeout_ms: 180_000,
    parameters: {
      type: 'object',
      properties: {
        prompt: { type: 'string', description: 'What is wanted, in words.' },
        ...properties,
        count: { type: 'integer', minimum: 1, maximum: 4, description: 'How many pictures; 1 without it.' },
        size: { type: 'string', enum: Object.keys(imageSizes), description: 'Width by height.' },
        provider: { type: 'string', description: 'Route id. Leave it out unless the person names a route.' },
        model: { type: 'string', description: 'Image model. Leave it out unless the person names one.' },
      },
      required: ['prompt'],
    },
  }
}

function withOptions(view: ToolView, parameters: ImageModelView['parameters']): ToolView {
  const further = optionProperties(parameters)
  const { properties } = view.parameters as { readonly properties: object }
  return { ...view, parameters: { ...view.parameters, properties: { ...properties, ...further } } }
}
