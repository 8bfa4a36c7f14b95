import type { IssueList } from './issue-list.ts';
import type { InputValue, Pipeline, PipelineInput } from './pipeline.ts';
import { quote } from './describe-value.ts';
import type { Suggest } from './suggest.ts';

/**
 * Turns the texts that a run is given into values of the declared types, defaults filled in. An input without
 * value and default is false when boolean, empty when text, and left out (so empty in expressions) otherwise.
 */
export function resolveInputs(
  pipeline: Pipeline,
  given: Readonly<Record<string, string>>,
  issues: IssueList,
  suggest: Suggest,
): Record<string, InputValue> {
  const ids = pipeline.inputs.map((input) => input.id);
  for (const id of Object.keys(given)) {
    if (ids.includes(id)) continue;
    const close = suggest(id, ids);
    const declared = ids.length === 0 ? 'the pipeline has no inputs' : `its inputs are ${ids.join(', ')}`;
    const hint = close === null ? declared : `did you mean \`${close}\`?`;
    issues.add('unknown-input', null, `There is no input ${quote(id)}`, hint);
  }
  const values: Record<string, InputValue> = {};
  for (const input of pipeline.inputs) {
    const value = Object.hasOwn(given, input.id)
      ? valueOf(input, given[input.id]!, issues)
      : missingValue(input, issues);
    if (value !== null) values[input.id] = value;
  }
  return values;
}

/** The value of an input that is given as a text; null, and an issue, where the input does not take it. */
export function valueOf(input: PipelineInput, text: string, issues: IssueList): InputValue | null {
  const refuse = (expected: string): null => {
    const message = `Input ${quote(input.id)} must be ${expected}, but is ${quote(text)}`;
    issues.add('invalid-input', { line: input.line, column: 1 }, message);
    return null;
  };
  switch (input.type) {
    case 'string':
      return input.required && text === '' ? missingValue({ ...input, default: null }, issues) : text;
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : refuse('a number');
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : refuse('true or false');
    case 'choice':
      return input.options.includes(text) ? text : refuse(`one of ${input.options.join(', ')}`);
  }
}

/** The value of an input that is not given; null where it has none. */
export function missingValue(input: PipelineInput, issues: IssueList): InputValue | null {
  if (input.default !== null) return input.default;
  if (input.required) {
    const message = `Input ${quote(input.id)} is required and has no value`;
    issues.add(
      'missing-input',
      { line: input.line, column: 1 },
      message,
      `give it one with --input ${input.id}=…`,
    );
  }
  if (input.type === 'boolean') return false;
  return input.type === 'string' ? '' : null;
}
