import { parseDuration } from '#shared/lib/durations.ts';
import type { YamlValue } from '#shared/pipeline/edits/operation.ts';
import { parseSize } from '#shared/pipeline/parse-size.ts';
import type { FieldShape } from './schema/field-shape.ts';

/** What a text of a form means; without a value: the key goes. */
export type ReadText =
  | { readonly ok: true; readonly value: YamlValue | undefined }
  | { readonly ok: false; readonly message: string };

export const hasExpression = (value: unknown): boolean => typeof value === 'string' && value.includes('${{');

/** The text that a field shows for a value; '' for none. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const value = (read: YamlValue | undefined): ReadText => ({ ok: true, value: read });
const fault = (message: string): ReadText => ({ ok: false, message });

/** Reads what was typed into a field. Expressions are taken as they are: what they give is known later. */
export function readText(shape: FieldShape, text: string): ReadText {
  const trimmed = text.trim();
  if (trimmed === '') return value(undefined);
  if (hasExpression(text)) return value(text);
  switch (shape.type) {
    case 'text':
      if (shape.control === 'condition' && (trimmed === 'true' || trimmed === 'false'))
        return value(trimmed === 'true');
      if (shape.pattern !== null && !new RegExp(shape.pattern, 'u').test(text))
        return fault('This has a character that is not allowed here.');
      return value(shape.control === 'script' ? text.replace(/\s+$/, '') + endOf(text) : trimmed);
    case 'number':
      return readNumber(shape, trimmed);
    case 'duration':
      return parseDuration(trimmed) === null
        ? fault('Write a length of time such as 30s, 10m or 1h30m.')
        : value(asWritten(trimmed));
    case 'size':
      return parseSize(trimmed) === null
        ? fault('Write a size such as 512Mi or 2Gi.')
        : value(asWritten(trimmed));
    case 'scalar':
      return value(readScalar(text, shape.types));
    case 'choice':
    case 'boolean':
    case 'texts':
    case 'list':
    case 'map':
    case 'object':
    case 'either':
    case 'yaml':
      return value(trimmed);
  }
}

/** A script of several lines ends with a line end, one of one line does not. */
const endOf = (text: string): string => (text.trimEnd().includes('\n') ? '\n' : '');

/** A bare number stays one. */
const asWritten = (text: string): YamlValue => (isCanonicalNumber(text) ? Number(text) : text);

/** Whether a number says the same as the text: `10`, but not `1.10` or `007`. */
const isCanonicalNumber = (text: string): boolean =>
  /^-?\d+(\.\d+)?$/.test(text) && String(Number(text)) === text;

/**
 * A text, or the number or boolean that YAML would read in it. What a number would change (`1.10`, `007`) stays a text.
 * @param types those of JSON Schema that are allowed
 */
export function readScalar(text: string, types: readonly string[]): YamlValue {
  const trimmed = text.trim();
  if (types.includes('boolean') && (trimmed === 'true' || trimmed === 'false')) return trimmed === 'true';
  const isNumber = isCanonicalNumber(trimmed);
  if (isNumber && (types.includes('number') || (types.includes('integer') && !trimmed.includes('.'))))
    return Number(trimmed);
  return text;
}

function readNumber(shape: Extract<FieldShape, { type: 'number' }>, text: string): ReadText {
  const number = Number(text);
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e\d+)?$/i.test(text) || !Number.isFinite(number))
    return fault('Write a number.');
  if (shape.isInteger && !Number.isInteger(number)) return fault('Write a whole number.');
  const { least, most } = shape;
  if (least !== null && (shape.isAbove ? number <= least : number < least))
    return fault(shape.isAbove ? `Write a number above ${least}.` : `Write at least ${least}.`);
  if (most !== null && number > most) return fault(`Write at most ${most}.`);
  return value(number);
}
