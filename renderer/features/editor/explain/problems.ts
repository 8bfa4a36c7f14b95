import type { Operation } from '#shared/pipeline/edits/operation.ts';
import type { ValuePath } from '#shared/pipeline/source-map.ts';
import type { EditorExplanation, EditorIssue, QuickFix } from '../document/analysis.ts';
import type { DocumentState } from '../document/document-store.ts';

/** In the order of the list. `hint`: could be better. `unsupported`: this version ignores it. */
export const PROBLEM_SEVERITIES = ['error', 'warning', 'hint', 'unsupported'] as const;
export type ProblemSeverity = (typeof PROBLEM_SEVERITIES)[number];

/** An issue of the engine, or what could be better though it is valid. */
export interface Problem {
  /** Unique among those of a text; mostly the same after a change of the text elsewhere. */
  readonly key: string;
  /** Its kind. */
  readonly code: string;
  readonly severity: ProblemSeverity;
  readonly message: string;
  readonly hint: string | null;
  /** One or two sentences. */
  readonly why: string | null;
  /** Another file than the one that is open; null mostly. */
  readonly otherFile: string | null;
  /** 1-based; null where it concerns the file as a whole. */
  readonly line: number | null;
  readonly column: number | null;
  /** Offset in the document's text. */
  readonly start: number;
  readonly valuePath: ValuePath;
  readonly stage: string | null;
  readonly fixes: readonly QuickFix[];
}

/** What is wrong with the text, or could be better: the worst first, then in the order of the text. */
export function problemsOf({
  analysis,
  broken,
  file,
}: Pick<DocumentState, 'analysis' | 'broken' | 'file'>): readonly Problem[] {
  const found =
    broken !== null
      ? [ofIssue(broken.issue, file)]
      : [
          ...(analysis?.issues ?? []).map((issue) => ofIssue(issue, file)),
          ...(analysis?.explanations ?? []).map(ofExplanation),
        ];
  const rank = (severity: ProblemSeverity): number => PROBLEM_SEVERITIES.indexOf(severity);
  const sorted = found.sort((a, b) => rank(a.severity) - rank(b.severity) || a.start - b.start);
  return withUniqueKeys(sorted);
}

const keyOf = (code: string, path: ValuePath, message: string): string =>
  `${code} ${JSON.stringify(path)} ${message}`;

const ofIssue = (issue: EditorIssue, file: string): Problem => ({
  ...issue,
  key: keyOf(issue.code, issue.valuePath, issue.message),
  why: null,
  otherFile: issue.path === file ? null : issue.path,
});

const ofExplanation = (explanation: EditorExplanation): Problem => ({
  ...explanation,
  key: keyOf(explanation.code, explanation.valuePath, explanation.message),
  hint: null,
  otherFile: null,
});

function withUniqueKeys(problems: readonly Problem[]): readonly Problem[] {
  const counts = new Map<string, number>();
  return problems.map((problem) => {
    const count = counts.get(problem.key) ?? 0;
    counts.set(problem.key, count + 1);
    return count === 0 ? problem : { ...problem, key: `${problem.key} ${count}` };
  });
}

/** The counts of what `problemsOf` lists. */
export function countProblems({
  analysis,
  broken,
}: Pick<DocumentState, 'analysis' | 'broken'>): ReadonlyMap<ProblemSeverity, number> {
  if (broken !== null) return countSeverities([broken.issue]);
  return countSeverities([...(analysis?.issues ?? []), ...(analysis?.explanations ?? [])]);
}

export function countSeverities(
  problems: readonly Pick<Problem, 'severity'>[],
): ReadonlyMap<ProblemSeverity, number> {
  const counts = new Map<ProblemSeverity, number>();
  for (const { severity } of problems) counts.set(severity, (counts.get(severity) ?? 0) + 1);
  return counts;
}

/** Which problems a person wants to see. */
export interface ProblemFilter {
  readonly hidden: ReadonlySet<ProblemSeverity>;
  /** In a message, a stage or a code; '' for all. */
  readonly search: string;
}

export function filterProblems(
  problems: readonly Problem[],
  { hidden, search }: ProblemFilter,
): readonly Problem[] {
  const wanted = search.trim().toLowerCase();
  return problems.filter(
    ({ severity, message, hint, code, stage }) =>
      !hidden.has(severity) &&
      (wanted === '' ||
        [message, hint, code, stage].some((text) => text?.toLowerCase().includes(wanted) === true)),
  );
}

/** Where a walk through problems stands: also once the problem there is mended. */
export interface Cursor {
  readonly key: string;
  readonly index: number;
}

/** The problem after the cursor, or before it; behind the last comes the first. */
export function stepProblem(
  problems: readonly Problem[],
  cursor: Cursor | null,
  step: 1 | -1,
): Problem | undefined {
  if (cursor === null) return problems.at(step === 1 ? 0 : -1);
  const at = problems.findIndex(({ key }) => key === cursor.key);
  // Where it was mended, the next one has taken its place.
  const next = at >= 0 ? at + step : step === 1 ? cursor.index : cursor.index - 1;
  return problems.at(next >= problems.length ? 0 : next);
}

/** One change that mends all problems of a kind. */
export interface FixOfKind {
  /** How many problems it mends. */
  readonly count: number;
  readonly title: string;
  readonly operations: readonly Operation[];
}

/** The first way out of each problem of a kind as one change, by code; of kinds of which two or more problems have one. */
export function fixesByKind(problems: readonly Problem[]): ReadonlyMap<string, FixOfKind> {
  const byCode = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (problem.fixes.length === 0) continue;
    const others = byCode.get(problem.code);
    if (others === undefined) byCode.set(problem.code, [problem]);
    else others.push(problem);
  }
  return new Map([...byCode].flatMap(([code, all]) => (all.length < 2 ? [] : [[code, fixOfAll(all)]])));
}

function fixOfAll(problems: readonly Problem[]): FixOfKind {
  // From the end: what is taken out of a list moves only what stands behind it.
  const fixes = problems.toSorted((a, b) => b.start - a.start).map((problem) => problem.fixes[0]!);
  const [title = '', ...otherTitles] = new Set(fixes.map((fix) => fix.title));
  const operations = new Map(
    fixes.flatMap((fix) => fix.operations.map((operation) => [JSON.stringify(operation), operation])),
  );
  return {
    count: problems.length,
    title: otherTitles.length === 0 ? `${title} (${problems.length} times)` : `Fix ${problems.length} issues`,
    operations: [...operations.values()],
  };
}
