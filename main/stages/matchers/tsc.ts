import { type Problem, placeOf, type ProblemMatcher, severityOf } from './matcher.ts';

const PLAIN = /^([^\s(][^(]*)\((\d+),(\d+)\): (error|warning) (TS\d+): (.*)$/;
const PRETTY = /^(\S[^:]*(?::\\[^:]*)?):(\d+):(\d+) - (error|warning) (TS\d+): (.*)$/;
const WHOLE = /^(error|warning) (TS\d+): (.*)$/;

/** TypeScript's compiler, with and without `--pretty`. */
export const tscMatcher: ProblemMatcher = {
  tool: 'tsc',
  *match(lines) {
    for (const line of lines) {
      const problem = ofFile(line) ?? ofWhole(line);
      if (problem !== null) yield problem;
    }
  },
};

function ofFile(text: string): Problem | null {
  const found = PLAIN.exec(text) ?? PRETTY.exec(text);
  if (found === null) return null;
  const [, file = '', line, column, level = '', ruleId = '', message = ''] = found;
  const place = { file, line: placeOf(line), column: placeOf(column) };
  return { ruleId, severity: severityOf(level), message, ...place };
}

function ofWhole(text: string): Problem | null {
  const [, level = '', ruleId = '', message = ''] = WHOLE.exec(text) ?? [];
  if (ruleId === '') return null;
  return { ruleId, severity: severityOf(level), message, file: null, line: null, column: null };
}
