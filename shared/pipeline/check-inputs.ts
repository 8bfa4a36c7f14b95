import { describeValue, quote } from './describe-value.ts';
import type { IssueList } from './issue-list.ts';
import { mappingOf } from './raw-stages.ts';
import type { SourceMap, ValuePath } from './source-map.ts';

/** Checks that choices have options and that defaults are values that the input would take. */
export function checkInputs(inputs: unknown, path: ValuePath, source: SourceMap, issues: IssueList): void {
  for (const [id, value] of Object.entries(mappingOf(inputs))) {
    const input = mappingOf(value);
    const at = [...path, id];
    const { type = 'string', options, default: initial } = input;
    if (type === 'choice' && options === undefined) {
      issues.add(
        'missing-options',
        source.key(at),
        `Input ${quote(id)} is a choice without \`options\``,
        'list the values to choose from',
      );
    } else if (type !== 'choice' && options !== undefined && typeof type === 'string') {
      issues.add(
        'options-without-choice',
        source.key([...at, 'options']),
        `Input ${quote(id)} has options, but is no choice`,
        'set `type: choice`',
      );
    }
    if (typeof initial !== 'string' && typeof initial !== 'number' && typeof initial !== 'boolean') continue;
    const problem = defaultProblem(type, initial, options);
    if (problem !== null) {
      issues.add(
        'invalid-default',
        source.value([...at, 'default']),
        `The default of input ${quote(id)} ${problem}`,
      );
    }
  }
}

function defaultProblem(type: unknown, initial: string | number | boolean, options: unknown): string | null {
  if (type === 'number' && typeof initial !== 'number')
    return `must be a number, but is ${describeValue(initial)}`;
  if (type === 'boolean' && typeof initial !== 'boolean')
    return `must be true or false, but is ${describeValue(initial)}`;
  if (type !== 'choice' || !Array.isArray(options)) return null;
  return (options as unknown[]).some((option) => option === initial || String(option) === String(initial))
    ? null
    : `is ${describeValue(initial)}, which is none of its options`;
}
