import { indentService, indentUnit } from '@codemirror/language';

const UNIT = 2;

/**
 * How far the line after this one is indented, in columns: deeper after a key without a value and after the header of a
 * block of text, level with the key behind the dash of a list, and else as this one.
 */
export function indentationAfter(line: string): number {
  const indentation = /^ */.exec(line)?.[0].length ?? 0;
  const dashes = /^(?:- +)*/.exec(line.slice(indentation))?.[0].length ?? 0;
  const text = line
    .slice(indentation + dashes)
    .replace(/(?:^|\s+)#.*$/, '')
    .trimEnd();
  // A list under a key may stand level with it, but reads better further in.
  const opens = /:$/.test(text) || /(?:^|:\s+|- )[|>][+-]?\d?[+-]?$/.test(text) || /[[{]$/.test(text);
  if (opens) return indentation + dashes + UNIT;
  return /^[\w."'-]+:(?:\s|$)/.test(text) ? indentation + dashes : indentation;
}

/** Two columns a step, by the text alone: it also works where the YAML is broken. */
export const yamlIndentation = [
  indentUnit.of(' '.repeat(UNIT)),
  indentService.of((context, position) => {
    const before = context.lineAt(position, -1).text;
    // Between brackets, and where lines are indented anew, the language knows better.
    if (context.simulatedBreak !== position || before === '') return undefined;
    return before.trim() === '' ? before.length : indentationAfter(before);
  }),
];
