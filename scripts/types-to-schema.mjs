// JSON schemas (2020-12) of TypeScript types, as the compiler resolves them. Knows the shapes that a contract is made
// of: objects, lists, unions, literals, branded text; functions and classes have no business in an answer.
import ts from '@typescript/typescript6'

/** @param {import('typescript').Program} program */
export function createSchemas(program) {
  const checker = program.getTypeChecker()
  /** Types with a name of their own, by that name. */
  const named = new Map()

  function schemaOf(type) {
    const name = nameOf(type)
    if (name === undefined) return shapeOf(type)
    if (!named.has(name)) {
      named.set(name, {})
      named.set(name, { ...docs(type.aliasSymbol ?? type.symbol), ...shapeOf(type) })
    }
    return { $ref: `#/components/schemas/${name}` }
  }

  function shapeOf(type) {
    const { flags } = type
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {}
    if (flags & ts.TypeFlags.Null) return { type: 'null' }
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value }
    if (flags & ts.TypeFlags.BooleanLiteral) return { const: type.intrinsicName === 'true' }
    if (flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) return { type: 'string' }
    if (flags & ts.TypeFlags.Number) return { type: 'number' }
    if (type.isUnion()) return unionOf(type.types)
    const brandless = type.isIntersection() && type.types.find((each) => each.flags & ts.TypeFlags.StringLike)
    if (brandless) return shapeOf(brandless)
    if (checker.isTupleType(type)) {
      const prefixItems = checker.getTypeArguments(type).map(schemaOf)
      return { type: 'array', prefixItems, minItems: prefixItems.length, maxItems: prefixItems.length }
    }
    if (checker.isArrayType(type)) {
      return { type: 'array', items: schemaOf(checker.getTypeArguments(type)[0]) }
    }
    if (flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return objectOf(type)
    throw new Error(`no schema for ${checker.typeToString(type)}`)
  }

  function objectOf(type) {
    if (type.getCallSignatures().length > 0) throw new Error(`a function: ${checker.typeToString(type)}`)
    const properties = {}
    const required = []
    for (const property of checker.getPropertiesOfType(type)) {
      const isOptional = Boolean(property.flags & ts.SymbolFlags.Optional)
      properties[property.name] = { ...docs(property), ...schemaOf(checker.getTypeOfSymbol(property)) }
      if (!isOptional) required.push(property.name)
    }
    const index = checker.getIndexInfoOfType(type, ts.IndexKind.String)
    return {
      type: 'object',
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
      ...(required.length > 0 ? { required } : {}),
      ...(index ? { additionalProperties: isNever(index.type) ? false : schemaOf(index.type) } : {}),
    }
  }

  function unionOf(types) {
    const present = types.filter((each) => !(each.flags & ts.TypeFlags.Undefined))
    const isBoolean = (each) => each.flags & ts.TypeFlags.BooleanLiteral
    const schemas = present.filter((each) => !isBoolean(each)).map(schemaOf)
    const booleans = present.filter(isBoolean)
    if (booleans.length === 2) schemas.push({ type: 'boolean' })
    else schemas.push(...booleans.map(schemaOf))
    const merged = mergeCodes(mergeLiterals(schemas))
    return merged.length === 1 ? merged[0] : { anyOf: merged }
  }

  /** The name by which the contract's own files know a type; undefined for what is generic, foreign or nameless. */
  function nameOf(type) {
    if (type.aliasTypeArguments || type.typeArguments?.length) return undefined
    const isInterface = type.symbol && type.symbol.flags & ts.SymbolFlags.Interface
    const symbol = type.aliasSymbol ?? (isInterface ? type.symbol : undefined)
    const file = symbol?.declarations?.[0]?.getSourceFile().fileName
    return file?.includes('/preload/contract/') ? symbol.name : undefined
  }

  const docs = (symbol) => {
    const text = symbol && ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim()
    return text ? { description: text } : {}
  }

  return { schemaOf, docs, named }
}

const isNever = (type) => Boolean(type.flags & ts.TypeFlags.Never)

/** `'a' | 'b'` is one list of values. */
function mergeLiterals(schemas) {
  const isText = (schema) => typeof schema.const === 'string' && Object.keys(schema).length === 1
  const texts = schemas.filter(isText).map((schema) => schema.const)
  if (texts.length < 2) return schemas
  return [{ type: 'string', enum: texts.sort() }, ...schemas.filter((schema) => !isText(schema))]
}

/** Faults that differ in nothing but their code are one shape with many codes. */
function mergeCodes(schemas) {
  const merged = new Map()
  for (const schema of schemas) {
    const code = schema.properties?.code?.const
    const key =
      code === undefined
        ? Symbol('own')
        : JSON.stringify({ ...schema, properties: { ...schema.properties, code: 0 } })
    const known = merged.get(key)
    if (known) known.codes.push(code)
    else merged.set(key, { schema, codes: [code] })
  }
  return [...merged.values()].map(({ schema, codes }) =>
    codes.length < 2
      ? schema
      : { ...schema, properties: { ...schema.properties, code: { type: 'string', enum: codes.sort() } } },
  )
}
