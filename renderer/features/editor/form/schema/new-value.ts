import type { YamlValue } from '#shared/pipeline/edits/operation.ts';
import type { FieldShape, FieldSpec } from './field-shape.ts';

/** What something new says at first: what it cannot do without or mostly has, with examples that read as such. */
export function newValue(shape: FieldShape): YamlValue {
  switch (shape.type) {
    case 'object':
      return Object.fromEntries(
        shape.fields
          .filter(({ isRequired, isUsual }) => isRequired || isUsual === true)
          .map(({ key, examples, shape: inner }) => [key, examples[0] ?? newValue(inner)]),
      );
    case 'list':
      return [newValue(shape.item)];
    case 'map':
      return {};
    case 'either':
      return shape.options[0] === undefined ? '' : newValue(shape.options[0].shape);
    case 'boolean':
      return false;
    case 'number':
      return shape.least ?? 0;
    case 'choice':
      return shape.options[0] ?? '';
    case 'texts':
      return [];
    case 'text':
    case 'duration':
    case 'size':
    case 'scalar':
    case 'yaml':
      return '';
  }
}

/** What a list gets next. */
export const newItem = ({ examples }: Pick<FieldSpec, 'examples'>, item: FieldShape): YamlValue =>
  examples[0] ?? newValue(item);
