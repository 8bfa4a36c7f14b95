import {
  type EitherOption,
  type FieldShape,
  type FieldSpec,
  TEXT_CONTROLS,
  TEXTS_CONTROLS,
  type ShapeOf,
} from './field-shape.ts';
import type { YamlValue } from '#shared/pipeline/edits/operation.ts';
import { alternativesOf, type Definitions, type JsonSchema, resolveSchema } from './json-schema.ts';
import { titleOf } from './title-of.ts';

/** Recognises lengths of time and sizes, which JSON Schema has no name for, by a text that only they take. */
const takes = (schema: JsonSchema, text: string, other: string): boolean =>
  schema.pattern !== undefined &&
  new RegExp(schema.pattern, 'u').test(text) &&
  !new RegExp(schema.pattern, 'u').test(other);

/** An expression may stand in place of any value; a form offers that by itself. */
const isExpression = (schema: JsonSchema): boolean =>
  schema.type === 'string' && takes(schema, '${{ x }}', 'x');

/** What the form asks for a value of a schema. */
export function readShape(schema: JsonSchema, definitions: Definitions = {}): FieldShape {
  const { 'x-control': control } = resolveSchema(schema, definitions);
  const all = alternativesOf(schema, definitions);
  const values = all.filter(({ type }) => type !== 'null');
  const nothing = values.length < all.length;
  const plain = values.filter((value) => !isExpression(value));
  const options = plain.length === 0 ? values : plain;
  const [only] = options;
  if (only === undefined) return { type: 'yaml' };
  if (options.length === 1) {
    const shape = readOne(only, definitions, control);
    return nothing && shape.type === 'object' ? { ...shape, nothing } : shape;
  }
  return readUnion(options, definitions, control);
}

/** The keys of an object with what is known of each, in the order of the schema. */
export function readFields(schema: JsonSchema, definitions: Definitions = {}): readonly FieldSpec[] {
  const { properties = {}, required = [] } = resolveSchema(schema, definitions);
  return Object.entries(properties).map(([key, property]): FieldSpec => {
    const resolved = resolveSchema(property, definitions);
    return {
      key,
      title: resolved.title ?? titleOf(key),
      help: resolved.description ?? '',
      shape: readShape(property, definitions),
      initial: resolved.default as YamlValue | undefined,
      examples: (resolved.examples ?? []) as readonly YamlValue[],
      isRequired: required.includes(key) && resolved.default === undefined,
    };
  });
}

function readOne(schema: JsonSchema, definitions: Definitions, control?: string): FieldShape {
  if (schema.enum !== undefined) return { type: 'choice', options: schema.enum.map(String) };
  switch (schema.type) {
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
    case 'number':
      return {
        type: 'number',
        isInteger: schema.type === 'integer',
        least: schema.minimum ?? schema.exclusiveMinimum ?? null,
        isAbove: schema.exclusiveMinimum !== undefined,
        most: schema.maximum === Number.MAX_SAFE_INTEGER ? null : (schema.maximum ?? null),
      };
    case 'string':
      return {
        type: 'text',
        control: TEXT_CONTROLS.find((name) => name === control) ?? 'line',
        pattern: schema.pattern ?? null,
      };
    case 'array':
      return readList(schema.items ?? {}, definitions, false, control);
    case 'object':
      return readObject(schema, definitions);
    case undefined:
    default:
      return schema.type === undefined ? { type: 'yaml' } : { type: 'scalar', types: [String(schema.type)] };
  }
}

function readList(items: JsonSchema, definitions: Definitions, alone: boolean, control?: string): FieldShape {
  const item = readShape(items, definitions);
  const isAny = Object.keys(items).length === 0;
  const isText = item.type === 'text' || item.type === 'choice' || item.type === 'scalar' || isAny;
  if (!isText) return { type: 'list', item, alone };
  return {
    type: 'texts',
    control: TEXTS_CONTROLS.find((name) => name === control) ?? 'chips',
    alone,
    options: item.type === 'choice' ? item.options : null,
    isScalar: item.type === 'scalar' || isAny,
  };
}

function readObject(schema: JsonSchema, definitions: Definitions): FieldShape {
  const { properties, additionalProperties, propertyNames } = schema;
  if (properties === undefined && typeof additionalProperties === 'object') {
    const isAny = Object.keys(additionalProperties).length === 0;
    return {
      type: 'map',
      value: isAny
        ? { type: 'scalar', types: ['string', 'number', 'boolean'] }
        : readShape(additionalProperties, definitions),
      keyPattern: propertyNames?.pattern ?? null,
    };
  }
  return {
    type: 'object',
    fields: readFields(schema, definitions),
    short: null,
    flag: false,
    nothing: false,
  };
}

function readUnion(options: readonly JsonSchema[], definitions: Definitions, control?: string): FieldShape {
  const [first] = options;
  const types = options.map(({ type }) => String(type));
  if (options.every(({ type }) => type !== 'object' && type !== 'array' && type !== undefined)) {
    const text = options.find(({ type }) => type === 'string');
    if (text !== undefined && takes(text, '1h30m', '1Gi')) return { type: 'duration' };
    if (text !== undefined && takes(text, '1Gi', '1h30m')) return { type: 'size' };
    if (control === 'condition') return { type: 'text', control: 'condition', pattern: null };
    return { type: 'scalar', types };
  }
  const lists = options.filter(({ type }) => type === 'array');
  const [list] = lists;
  if (lists.length === 1 && list !== undefined) {
    const { items = {} } = list;
    const alone = JSON.stringify(options.filter((option) => option !== list));
    if (alone === JSON.stringify(alternativesOf(items, definitions)))
      return readList(items, definitions, true, control);
  }
  const objects = options.filter(({ type, properties }) => type === 'object' && properties !== undefined);
  const [object] = objects;
  const others = options.filter((option) => !objects.includes(option));
  if (objects.length === 1 && object !== undefined) {
    const shape = readObject(object, definitions) as ShapeOf<'object'>;
    if (others.length === 1 && first?.type === 'boolean') return { ...shape, flag: true };
    const short = shape.fields.find(({ isRequired, key }) => isRequired || key === 'default');
    if (short?.shape.type === 'texts' && others.every(({ type }) => type === 'string'))
      return { type: 'either', options: textOrObject(others, object, shape, definitions) };
    if (short !== undefined) return { ...shape, short: short.key };
  }
  const either = eitherOptions(options, definitions);
  const [only] = either;
  return either.length === 1 && only !== undefined ? only.shape : { type: 'either', options: either };
}

/** A text beside an object that wants a list is no item of that list: a host by its name, or by labels. */
const textOrObject = (
  texts: readonly JsonSchema[],
  object: JsonSchema,
  shape: FieldShape,
  definitions: Definitions,
): readonly EitherOption[] => [
  ...texts.map((text) => ({ label: labelOf(text), shape: readOne(text, definitions) })),
  { label: labelOf(object), shape },
];

/** A text beside a list or an object is one alone, or an expression, which every field takes. */
function eitherOptions(options: readonly JsonSchema[], definitions: Definitions): readonly EitherOption[] {
  return options
    .filter(({ type, enum: names }) => type !== 'string' || names !== undefined)
    .map((option): EitherOption => {
      const shape =
        option.type === 'array'
          ? readList(option.items ?? {}, definitions, true)
          : readOne(option, definitions);
      return { label: labelOf(option), shape };
    });
}

function labelOf({ type, required, properties }: JsonSchema): string {
  if (type === 'array') return 'List';
  if (type !== 'object') return type === 'boolean' ? 'Yes or no' : 'Value';
  const [key] = required ?? Object.keys(properties ?? {});
  return key === undefined ? 'Names' : titleOf(key);
}
