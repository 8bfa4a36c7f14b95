import { placeOf, type ProblemMatcher } from './matcher.ts';

const LINE = /^(vet: )?((?:[a-zA-Z]:)?[^\s:][^:]*\.go):(\d+):(?:(\d+):)? (.*)$/;

/** `go build` and `go vet`. */
export const goMatcher: ProblemMatcher = {
  tool: 'go',
  *match(lines) {
    for (const text of lines) {
      const [, vet, file, line, column, message] = LINE.exec(text) ?? [];
      if (file === undefined || message === undefined) continue;
      const ruleId = vet === undefined ? 'compile' : 'vet';
      yield { ruleId, severity: 'high', message, file, line: placeOf(line), column: placeOf(column) };
    }
  },
};
