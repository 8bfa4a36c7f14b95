import type { YamlValue } from '#shared/pipeline/edits/operation.ts';
import { listOf, mappingOf } from '#shared/pipeline/raw-stages.ts';
import type { FieldShape, FieldSpec } from '../schema/field-shape.ts';

/**
 * What a pipeline of the file asks of those who call it.
 * @param root the plain value of the file
 */
export function calledInputs(root: unknown, pipeline: unknown): readonly FieldSpec[] {
  const called = mappingOf(mappingOf(mappingOf(root)['pipelines'])[String(pipeline)]);
  return Object.entries(mappingOf(called['inputs'])).map(([key, input]): FieldSpec => {
    const { type, description, default: initial, required, options } = mappingOf(input);
    return {
      key,
      title: key,
      help: typeof description === 'string' ? description : '',
      shape: shapeOf(type, listOf(options)),
      initial: initial as YamlValue | undefined,
      examples: [],
      isRequired: required === true && initial === undefined,
    };
  });
}

function shapeOf(type: unknown, options: readonly unknown[]): FieldShape {
  switch (type) {
    case 'boolean':
      return { type: 'boolean' };
    case 'number':
      return { type: 'number', isInteger: false, least: null, isAbove: false, most: null };
    case 'choice':
      return { type: 'choice', options: options.map(String) };
    default:
      return { type: 'text', control: 'line', pattern: null };
  }
}
