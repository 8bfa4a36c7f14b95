import { type Problem, placeOf, type ProblemMatcher, severityOf } from './matcher.ts';
import { problemOfRustJson } from './rustc-json.ts';

const HEAD = /^(error|warning)(?:\[([A-Z]\d+)\])?: (.*)$/;
const PLACE = /^\s*--> ((?:[a-zA-Z]:)?[^:]+):(\d+):(\d+)$/;
const LINT = /`#\[(?:warn|deny|forbid)\(([\w:]+)\)\]`/;
/** How far below its message the place stands at most. */
const PLACE_WITHIN_LINES = 3;
const LINT_WITHIN_LINES = 20;

/** `rustc` and `cargo`: what they print for people, and `--message-format=json`. */
export const rustcMatcher: ProblemMatcher = {
  tool: 'rustc',
  *match(lines) {
    for (const [index, line] of lines.entries()) {
      const problem = line.startsWith('{') ? problemOfRustJson(line) : ofText(lines, index, line);
      if (problem !== null) yield problem;
    }
  },
};

function ofText(lines: readonly string[], index: number, text: string): Problem | null {
  const [, level, code, message] = HEAD.exec(text) ?? [];
  if (level === undefined || message === undefined) return null;
  const near = lines.slice(index + 1, index + 1 + PLACE_WITHIN_LINES);
  const place = near.map((line) => PLACE.exec(line)).find((found) => found !== null);
  // What has no place sums up: "could not compile `x` due to 2 previous errors".
  if (place === undefined) return null;
  return {
    ruleId: code ?? lintBelow(lines, index) ?? level,
    ...{ severity: severityOf(level), message, file: place[1] ?? null },
    ...{ line: placeOf(place[2]), column: placeOf(place[3]) },
  };
}

function lintBelow(lines: readonly string[], index: number): string | null {
  for (const line of lines.slice(index + 1, index + 1 + LINT_WITHIN_LINES)) {
    if (line === '') return null;
    const [, lint] = LINT.exec(line) ?? [];
    if (lint !== undefined) return lint;
  }
  return null;
}
