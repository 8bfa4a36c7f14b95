import type { PipelineInput } from '#shared/api/schemas.ts';
import type { Issue } from '#shared/lib/issue.ts';

/** What the form holds, by the input's name: text, as `run.start` takes it. */
export type InputValues = Readonly<Record<string, string>>;
export type InputErrors = Readonly<Record<string, string>>;

/** What the form begins with: what was given last time where it still fits, else the default. */
export function initialValues(inputs: readonly PipelineInput[], remembered: InputValues): InputValues {
  return Object.fromEntries(
    inputs.map((input) => {
      const last = remembered[input.name];
      const value = last !== undefined && problemOf(input, last) === null ? last : null;
      return [input.name, value ?? (input.default === null ? emptyValue(input) : String(input.default))];
    }),
  );
}

const emptyValue = ({ type }: PipelineInput): string => (type === 'boolean' ? 'false' : '');

/** What is wrong in the form, by the input's name. */
export function checkValues(inputs: readonly PipelineInput[], values: InputValues): InputErrors {
  return Object.fromEntries(
    inputs.flatMap((input): [string, string][] => {
      const problem = problemOf(input, values[input.name] ?? '');
      return problem === null ? [] : [[input.name, problem]];
    }),
  );
}

function problemOf({ type, required, options }: PipelineInput, value: string): string | null {
  if (value.trim() === '') return required ? 'It needs a value.' : null;
  if (type === 'number' && !Number.isFinite(Number(value))) return 'It must be a number, such as 3 or 0.5.';
  if (type === 'choice' && !options.includes(value)) return `Choose one of ${options.join(', ')}.`;
  return null;
}

/** The values to send: an input left empty is left out, so that the file's default (or nothing) holds. */
export function valuesToSend(inputs: readonly PipelineInput[], values: InputValues): Record<string, string> {
  return Object.fromEntries(
    inputs.flatMap((input): [string, string][] => {
      const value = values[input.name] ?? '';
      const isLeftOut = value === '' && (input.type !== 'string' || input.default === null);
      return isLeftOut ? [] : [[input.name, value]];
    }),
  );
}

/** The host's issues at the fields that they are about, and those that are about none. */
export function issuesByField(
  inputs: readonly PipelineInput[],
  issues: readonly Issue[],
): { readonly errors: InputErrors; readonly others: readonly Issue[] } {
  const errors: Record<string, string> = {};
  const others: Issue[] = [];
  for (const issue of issues.filter(({ severity }) => severity === 'error')) {
    const input = inputs.find(({ name }) => issue.message.startsWith(`Input \`${name}\``));
    if (input === undefined) others.push(issue);
    else errors[input.name] = `${issue.message}.`;
  }
  return { errors, others };
}
