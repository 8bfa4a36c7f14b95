import { hasExpression } from '../field-text.ts';
import { isMapping } from '../field-place.ts';
import type { FieldShape } from './field-shape.ts';

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

/**
 * Whether a form of this shape shows a value without losing anything of it. Being valid is more than that: a text in
 * place of a number is shown, with what is wrong with it.
 */
export function isOfShape(shape: FieldShape, value: unknown): boolean {
  if (value === undefined || value === null || hasExpression(value)) return true;
  switch (shape.type) {
    case 'text':
    case 'number':
    case 'duration':
    case 'size':
    case 'scalar':
    case 'choice':
    case 'boolean':
      return isScalar(value);
    case 'texts':
      return isScalar(value) || (Array.isArray(value) && (value as unknown[]).every(isScalar));
    case 'list':
      return Array.isArray(value)
        ? (value as unknown[]).every((item) => isOfShape(shape.item, item))
        : shape.alone && isOfShape(shape.item, value);
    case 'map':
      return isMapping(value);
    case 'object':
      return isMapping(value) || isShortForm(shape, value);
    case 'either':
      return shape.options.some((option) => isOfShape(option.shape, value));
    case 'yaml':
      return false;
  }
}

function isShortForm(shape: Extract<FieldShape, { type: 'object' }>, value: unknown): boolean {
  if (shape.flag && typeof value === 'boolean') return true;
  const short = shape.fields.find(({ key }) => key === shape.short);
  return short !== undefined && isOfShape(short.shape, value);
}
