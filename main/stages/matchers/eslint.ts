import { placeOf, type ProblemMatcher, severityOf } from './matcher.ts';

const FILE = /^(?:[a-zA-Z]:)?[^\s].*\.\w+$/;
const PROBLEM = /^\s+(\d+):(\d+)\s+(error|warning)\s+(\S.*)$/;

/** ESLint's `stylish` formatter: a line with the file, then one per problem. */
export const eslintMatcher: ProblemMatcher = {
  tool: 'eslint',
  *match(lines) {
    let file: string | null = null;
    for (const text of lines) {
      const [, line, column, level, rest] = PROBLEM.exec(text) ?? [];
      if (level !== undefined && rest !== undefined) {
        if (file === null) continue;
        const [message = '', ruleId = 'parse'] = rest.split(/\s{2,}/);
        yield {
          ...{ ruleId, severity: severityOf(level), message: message.trim(), file },
          ...{ line: placeOf(line), column: placeOf(column) },
        };
      } else if (text.trim() === '') file = null;
      else if (FILE.test(text)) file = text;
    }
  },
};
