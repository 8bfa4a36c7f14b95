import { placeOf, type ProblemMatcher, severityOf } from './matcher.ts';

const HEAD = /^(?:✘|▲|X|>) \[(ERROR|WARNING)\] (.*?)(?: \[([\w-]+)\])?$/;
const PLACE = /^ {4}((?:[a-zA-Z]:)?[^\s:][^:]*):(\d+):(\d+):$/;

/** esbuild: a message, and below it where. It counts columns from 0. */
export const esbuildMatcher: ProblemMatcher = {
  tool: 'esbuild',
  *match(lines) {
    for (const [index, text] of lines.entries()) {
      const [, level, message, rule] = HEAD.exec(text) ?? [];
      if (level === undefined || message === undefined) continue;
      const near = lines.slice(index + 1, index + 3);
      const place = near.map((line) => PLACE.exec(line)).find((found) => found !== null);
      const ruleId = rule ?? level.toLowerCase();
      const column = place === undefined ? null : Number(place[3]) + 1;
      yield {
        ...{ ruleId, severity: severityOf(level), message, file: place?.[1] ?? null },
        ...{ line: placeOf(place?.[2]), column },
      };
    }
  },
};
