import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { type Finding, MAX_FINDINGS } from '#shared/reports/findings.ts';
import { finding } from '../tools/forms.ts';
import type { ProblemMatcher } from './matcher.ts';

/** Longer lines are cut: a message of that length is a data dump, and patterns must stay quick. */
const MAX_LINE_CHARS = 4_000;

type Folders = Pick<KindContext, 'seen' | 'paths'>;

/**
 * The problems of an output as findings, each once.
 * @param text what a command printed, with or without colours
 * @param options.in where it ran, relative to the kind's folder; default: that
 */
export function matchProblems(
  text: string,
  matchers: readonly ProblemMatcher[],
  folders: Folders,
  options: { readonly in?: string } = {},
): Finding[] {
  const lines = stripVTControlCharacters(text)
    .split(/\r?\n/)
    .map((line) => line.slice(0, MAX_LINE_CHARS));
  const findings = new Map<string, Finding>();
  for (const matcher of matchers) {
    for (const problem of matcher.match(lines)) {
      if (findings.size >= MAX_FINDINGS) break;
      const file = problem.file === null ? null : fileOf(problem.file, folders, options.in ?? '.');
      const one = finding({ ...problem, tool: matcher.tool, file });
      findings.set(JSON.stringify(one), one);
    }
  }
  return [...findings.values()];
}

/** With forward slashes, relative to the workspace where it lies inside. */
function fileOf(file: string, { seen, paths }: Folders, folder: string): string {
  const style = paths.separator === '\\' ? path.win32 : path.posix;
  const absolute = style.resolve(seen.cwd, folder, file);
  const relative = style.relative(seen.workspace, absolute);
  const isInside = relative !== '' && !style.isAbsolute(relative) && relative.split(style.sep)[0] !== '..';
  return (isInside ? relative : absolute).replaceAll(paths.separator, '/');
}
