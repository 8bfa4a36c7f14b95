import type { FieldShape, FieldSpec } from './field-shape.ts';

/** All that a field says, for a filter to find it by: its title, key and help, and those of what is in it. */
export const fieldWords = ({ title, key, help, shape }: FieldSpec): string =>
  [title, key, help, shapeWords(shape)].join(' ');

function shapeWords(shape: FieldShape): string {
  switch (shape.type) {
    case 'object':
      return shape.fields.map(fieldWords).join(' ');
    case 'list':
      return shapeWords(shape.item);
    case 'map':
      return shapeWords(shape.value);
    case 'either':
      return shape.options.map((option) => shapeWords(option.shape)).join(' ');
    case 'text':
    case 'number':
    case 'boolean':
    case 'choice':
    case 'duration':
    case 'size':
    case 'scalar':
    case 'texts':
    case 'yaml':
      return '';
  }
}
