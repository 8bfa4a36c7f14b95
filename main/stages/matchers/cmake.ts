import { placeOf, type ProblemMatcher, severityOf } from './matcher.ts';

const HEAD =
  /^CMake (Error|Warning|Deprecation Warning)(?: \(dev\))?(?: at ((?:[a-zA-Z]:)?[^:]+):(\d+)(?: \(([\w-]+)\))?)?:\s*(.*)$/;

/** CMake's own errors and warnings, whose words stand indented below. */
export const cmakeMatcher: ProblemMatcher = {
  tool: 'cmake',
  *match(lines) {
    for (const [index, text] of lines.entries()) {
      const found = HEAD.exec(text);
      if (found === null) continue;
      const [, level = '', file, line, command, rest = ''] = found;
      const words = [rest.trim()];
      for (let next = index + 1; lines[next]?.startsWith('  ') === true; next += 1) {
        words.push(lines[next]?.trim() ?? '');
      }
      yield {
        ruleId: command ?? level.toLowerCase(),
        severity: level === 'Error' ? severityOf(level) : 'medium',
        message: words.filter(Boolean).join(' '),
        ...{ file: file ?? null, line: placeOf(line), column: null },
      };
    }
  },
};
