import { stringify } from 'yaml';

/** A line of a file; what is no text is left out, so that lines can hang on a condition. */
export type Line = string | false | null;

/** A stage as it will stand in the file. */
export interface StageText {
  readonly id: string;
  /** A comment above it: lines without `#`. */
  readonly about?: readonly Line[];
  readonly needs?: readonly string[];
  /** Its other keys, not indented. */
  readonly lines: readonly Line[];
}

export interface PipelineText {
  /** The comment at the top: lines without `#`. */
  readonly about: readonly Line[];
  readonly name: string;
  /** Keys of the file between `name` and `stages`. */
  readonly head?: readonly Line[];
  readonly stages: readonly StageText[];
}

/** Writes a pipeline file as a person would: comments above what they are about, a blank line between stages. */
export function pipelineText({ about, name, head = [], stages }: PipelineText): string {
  const top = [...comment(about), `name: ${yamlText(name)}`, ...kept(head)].join('\n');
  const body = stages.map((stage) => indent(stageLines(stage), 2).join('\n')).join('\n\n');
  return body === '' ? `${top}\n\nstages: {}\n` : `${top}\n\nstages:\n${body}\n`;
}

/** A text as a value on one line, in quotes where it needs them. */
export const yamlText = (text: string): string =>
  stringify(text, { singleQuote: true, lineWidth: 0 }).trimEnd();

/** A key with a script of several lines below it. */
export const script = (key: string, text: string): readonly string[] => [
  `${key}: |`,
  ...indent(text.trim().split('\n'), 2),
];

/** A mapping or list below its key. */
export const block = (key: string, lines: readonly Line[]): readonly string[] => [
  `${key}:`,
  ...indent(kept(lines), 2),
];

/** The stages that no other one needs: whoever comes after all needs these. */
export function lastStages(stages: readonly StageText[]): string[] {
  const needed = new Set(stages.flatMap(({ needs = [] }) => needs));
  return stages.map(({ id }) => id).filter((id) => !needed.has(id));
}

function stageLines({ id, about = [], needs = [], lines }: StageText): readonly string[] {
  const [only, ...more] = needs;
  const needsLine = only !== undefined && `needs: ${more.length === 0 ? only : `[${needs.join(', ')}]`}`;
  return [...comment(about), ...block(id, [needsLine, ...lines])];
}

const kept = (lines: readonly Line[]): readonly string[] =>
  lines.filter((line): line is string => typeof line === 'string');
const comment = (lines: readonly Line[]): readonly string[] =>
  kept(lines).map((line) => (line === '' ? '#' : `# ${line}`));
const indent = (lines: readonly string[], by: number): readonly string[] =>
  lines.map((line) => (line === '' ? '' : ' '.repeat(by) + line));
