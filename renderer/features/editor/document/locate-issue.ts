import type { Document } from 'yaml';
import type { Issue } from '#shared/lib/issue.ts';
import { pathAtOffset } from '#shared/pipeline/path-at-offset.ts';
import type { ValuePath } from '#shared/pipeline/source-map.ts';
import type { EditorIssue } from './analysis.ts';
import { quickFixes } from './quick-fixes.ts';

/** Where the lines of a text begin; lines are 1-based. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The id of the stage that a value is in, in whichever pipeline of the file. */
export function stageOfPath(path: ValuePath): string | null {
  const inStages = path[0] === 'pipelines' ? path.slice(2) : path;
  const id = inStages[0] === 'stages' ? inStages[1] : undefined;
  return typeof id === 'string' ? id : null;
}

/**
 * Finds an issue of the file in its text. One of another file, or of the file as a whole, stands at the beginning.
 * @param document null when the text cannot be read: the issue lasts to the end of its line then
 */
export function locateIssue(
  issue: Issue,
  file: string,
  text: string,
  lines: readonly number[],
  document: Document | null,
): EditorIssue {
  const nowhere = { ...issue, start: 0, end: 0, valuePath: [], stage: null, fixes: [] };
  if (issue.line === null || issue.path !== file) return nowhere;
  const lineStart = lines[issue.line - 1] ?? text.length;
  const lineEnd = (lines[issue.line] ?? text.length + 1) - 1;
  const start = Math.min(lineStart + (issue.column ?? 1) - 1, lineEnd);
  if (document === null) return { ...nowhere, start, end: Math.max(start, lineEnd) };
  const place = pathAtOffset(document, start);
  if (isOfWholeFile(issue, start, document)) return { ...nowhere, start, end: Math.max(start, lineEnd) };
  const touched = place.start <= start ? Math.min(place.end, lineEnd) : lineEnd;
  return {
    ...issue,
    start,
    end: touched > start ? touched : Math.min(start + 1, lineEnd),
    valuePath: place.path,
    stage: stageOfPath(place.path),
    fixes: quickFixes(issue, place),
  };
}

/** What the file lacks as a whole is reported where it begins, which is where its first key stands. */
const isOfWholeFile = ({ code }: Issue, start: number, document: Document): boolean =>
  code === 'missing-key' && start === (document.contents?.range?.[0] ?? 0) && !document.has('stages');
