import { placeOf, type ProblemMatcher, severityOf } from './matcher.ts';

const SPHINX =
  /^((?:[a-zA-Z]:)?[^\s:][^:]*)(?::docstring of [^:]+)?:(?:(\d+):)? (WARNING|ERROR|CRITICAL|SEVERE): (.*?)(?: \[([\w.-]+)\])?$/;
const MKDOCS = /^(WARNING|ERROR)\s+-\s+(.*)$/;
const IN_DOCUMENT = /^Doc file '([^']+)' (.*)$|'([^']+\.md)'/;
const TYPEDOC = /^(?:((?:[a-zA-Z]:)?[^\s:][^:]*):(\d+):(\d+) - )?\[(error|warning)\] (.*)$/;
const DOXYGEN = /^((?:[a-zA-Z]:)?[^\s:][^:]*):(\d+): (warning|error): (.*)$/;
const DOXYGEN_WHOLE = /^(warning|error): (.*)$/;

/** Sphinx: `index.rst:3: WARNING: … [ref.doc]`. */
export const sphinxMatcher: ProblemMatcher = {
  tool: 'sphinx',
  *match(lines) {
    for (const text of lines) {
      const [, file, line, level, message, rule] = SPHINX.exec(text) ?? [];
      if (file === undefined || level === undefined || message === undefined) continue;
      const severity = level === 'WARNING' ? 'medium' : 'high';
      yield {
        ruleId: rule ?? level.toLowerCase(),
        severity,
        message,
        file,
        line: placeOf(line),
        column: null,
      };
    }
  },
};

/** MkDocs: `WARNING -  Doc file 'index.md' contains a link …`. */
export const mkdocsMatcher: ProblemMatcher = {
  tool: 'mkdocs',
  *match(lines) {
    for (const text of lines) {
      const [, level, message] = MKDOCS.exec(text) ?? [];
      if (level === undefined || message === undefined) continue;
      const found = IN_DOCUMENT.exec(message);
      const file = found?.[1] ?? found?.[3] ?? null;
      const ruleId = level.toLowerCase();
      yield { ruleId, severity: severityOf(level), message, file, line: null, column: null };
    }
  },
};

/** TypeDoc: `src/a.ts:3:5 - [warning] …`. */
export const typedocMatcher: ProblemMatcher = {
  tool: 'typedoc',
  *match(lines) {
    for (const text of lines) {
      const [, file, line, column, level, message] = TYPEDOC.exec(text) ?? [];
      if (level === undefined || message === undefined || isSum(message)) continue;
      const place = { file: file ?? null, line: placeOf(line), column: placeOf(column) };
      yield { ruleId: level, severity: severityOf(level), message, ...place };
    }
  },
};

const isSum = (message: string): boolean => /^Found \d+ (?:errors?|warnings?)/.test(message);

/** Doxygen with its usual `WARN_FORMAT`. */
export const doxygenMatcher: ProblemMatcher = {
  tool: 'doxygen',
  *match(lines) {
    for (const text of lines) {
      const found = DOXYGEN.exec(text);
      const [level, message] = found ? found.slice(3) : (DOXYGEN_WHOLE.exec(text)?.slice(1) ?? []);
      if (level === undefined || message === undefined) continue;
      const place = { file: found?.[1] ?? null, line: placeOf(found?.[2]), column: null };
      yield { ruleId: level, severity: severityOf(level), message, ...place };
    }
  },
};
