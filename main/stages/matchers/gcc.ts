import { type Problem, placeOf, type ProblemMatcher, severityOf } from './matcher.ts';

const DIAGNOSTIC =
  /^((?:[a-zA-Z]:)?[^\s:][^:]*):(\d+):(?:(\d+):)? (fatal error|error|warning|note): (.*?)(?: \[(-W[^\]]+)\])?$/;
const LINKER = /^(?:\S+: )?((?:[a-zA-Z]:)?[^\s:][^:]*):(?:(\d+)|\([^)]*\)): (undefined reference to .*)$/;
const FOLDER = /^\S*make(?:\[\d+\])?: (Entering|Leaving) directory ['"`‘](.*)['"’]$/;

/** Other compilers write as GCC does, and have matchers of their own. */
const OTHERS = /\.(?:java|kts?|scala|go|rs|[cm]?[jt]sx?)$/;

/** GCC and clang, also under `make -C`, whose folders the names of files are relative to. */
export const gccMatcher: ProblemMatcher = {
  tool: 'gcc',
  *match(lines) {
    const folders: string[] = [];
    for (const line of lines) {
      const [, way, folder = ''] = FOLDER.exec(line) ?? [];
      if (way === 'Entering') folders.push(folder);
      if (way === 'Leaving') folders.pop();
      const problem = diagnostic(line) ?? linkerError(line);
      if (problem !== null) yield { ...problem, file: below(folders.at(-1), problem.file) };
    }
  },
};

function diagnostic(text: string): Problem | null {
  const found = DIAGNOSTIC.exec(text);
  if (found === null) return null;
  const [, file = '', line, column, level = '', message = '', flag] = found;
  if (OTHERS.test(file)) return null;
  const severity = severityOf(level);
  // A note belongs to what was said right before it.
  if (severity === 'info') return null;
  const ruleId = flag ?? (severity === 'high' ? 'error' : 'warning');
  return { ruleId, severity, message, file, line: placeOf(line), column: placeOf(column) };
}

function linkerError(text: string): Problem | null {
  const [, file, line, message] = LINKER.exec(text) ?? [];
  if (file === undefined || message === undefined) return null;
  return { ruleId: 'link', severity: 'high', message, file, line: placeOf(line), column: null };
}

function below(folder: string | undefined, file: string | null): string | null {
  if (file === null || folder === undefined) return file;
  return /^(?:[/\\]|[a-zA-Z]:)/.test(file) ? file : `${folder}/${file}`;
}
