import { type Problem, placeOf, type ProblemMatcher, severityOf } from './matcher.ts';

const JAVAC =
  /^((?:[a-zA-Z]:)?[^\s:][^:]*\.(?:java|kt|scala)):(\d+): (?:(error|warning): )?(?:\[([\w-]+)\] )?(.*)$/;
const MAVEN =
  /^\[(ERROR|WARNING)\] ((?:[a-zA-Z]:)?[^\s:][^:]*\.(?:java|kt)):\[(\d+)(?:,(\d+))?\] (?:\[([\w-]+)\] )?(.*)$/;

/** How far below its message javac's `^` stands at most. */
const CARET_WITHIN_LINES = 4;

/** `javac`, alone and under Maven. */
export const javacMatcher: ProblemMatcher = {
  tool: 'javac',
  *match(lines) {
    // Maven prints its errors twice.
    const seen = new Set<string>();
    for (const [index, line] of lines.entries()) {
      const problem = ofMaven(line) ?? ofJavac(line, lines, index);
      if (problem === null) continue;
      const key = JSON.stringify(problem);
      if (!seen.has(key)) yield problem;
      seen.add(key);
    }
  },
};

function ofMaven(text: string): Problem | null {
  const found = MAVEN.exec(text);
  if (found === null) return null;
  const [, level = '', file = '', line, column, rule, message = ''] = found;
  const severity = severityOf(level);
  return {
    ...{ ruleId: rule ?? level.toLowerCase(), severity, message, file },
    ...{ line: placeOf(line), column: placeOf(column) },
  };
}

function ofJavac(text: string, lines: readonly string[], index: number): Problem | null {
  const found = JAVAC.exec(text);
  if (found === null) return null;
  const [, file = '', line, level = 'error', rule, message = ''] = found;
  return {
    ...{ ruleId: rule ?? level, severity: severityOf(level), message, file },
    ...{ line: placeOf(line), column: caretBelow(lines, index) },
  };
}

function caretBelow(lines: readonly string[], index: number): number | null {
  const below = lines.slice(index + 1, index + 1 + CARET_WITHIN_LINES);
  const caret = below.find((line) => line.trim() === '^');
  return caret === undefined ? null : caret.indexOf('^') + 1;
}
