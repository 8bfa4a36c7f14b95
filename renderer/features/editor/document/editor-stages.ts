import type { Document } from 'yaml';
import { stagesPath } from '#shared/pipeline/edits/stage-paths.ts';
import { expandMatrix, MatrixProblem } from '#shared/pipeline/expand-matrix.ts';
import { rangeOfPath } from '#shared/pipeline/path-at-offset.ts';
import type { Pipeline, PipelineStage } from '#shared/pipeline/pipeline.ts';
import { listOf, mappingOf } from '#shared/pipeline/raw-stages.ts';
import { valueAt } from '#shared/pipeline/source-map.ts';
import { placeWords } from '#shared/pipeline/place-words.ts';
import { stageViews } from '#shared/pipeline/stage-views.ts';
import type { EditorExplanation, EditorIssue, EditorStage } from './analysis.ts';

export interface StagesRequest {
  readonly text: string;
  /** Where the lines of the text begin. */
  readonly lines: readonly number[];
  readonly document: Document | null;
  /** The plain value of the file, as it is written. */
  readonly root: unknown;
  readonly pipeline: Pipeline | null;
  readonly issues: readonly EditorIssue[];
  readonly explanations: readonly EditorExplanation[];
}

/**
 * The stages of a file and of its pipelines, in the order of the file; those of included files come first in theirs. A
 * stage that is too unfinished to be understood is one without a body.
 */
export function editorStages(request: StagesRequest): readonly EditorStage[] {
  const { root, pipeline } = request;
  const parts = [...(pipeline?.called ?? [])].filter(([, part]) => part.path === pipeline?.path);
  const scopes = new Map<string | null, Pipeline | null>([[null, pipeline], ...parts]);
  for (const id of Object.keys(mappingOf(mappingOf(root)['pipelines']))) {
    if (!scopes.has(id)) scopes.set(id, null);
  }
  const counts = countProblems(request);
  return [...scopes].flatMap(([scope, part]) => stagesOfScope(request, scope, part, counts));
}

function stagesOfScope(
  { text, lines, document, root }: StagesRequest,
  scope: string | null,
  part: Pipeline | null,
  counts: IssueCounts,
): readonly EditorStage[] {
  const path = stagesPath(scope);
  const written = mappingOf(valueAt(root, path));
  const understood = new Map(part?.stages.map((stage) => [stage.id, stage]));
  const views = new Map(stageViews(part?.stages ?? [], part?.defaults.place).map((view) => [view.id, view]));
  const foreign = [...understood.keys()].filter((id) => !Object.hasOwn(written, id));
  const ids = [...foreign, ...Object.keys(written)];
  const known = new Set(ids);
  return ids.map((id): EditorStage => {
    const at = [...path, id];
    const range = document === null ? null : rangeOfPath(document, at);
    const needs = listOf(mappingOf(written[id])['needs']).filter(
      (need): need is string => typeof need === 'string' && known.has(need),
    );
    const start = range?.start ?? 0;
    const stage = understood.get(id);
    return {
      ...(views.get(id) ?? {
        id,
        name: id,
        kind: 'none',
        summary: '',
        badges: [],
        line: lineOf(lines, start),
      }),
      needs: views.get(id)?.needs ?? needs,
      scope,
      path: at,
      start,
      end: start + text.slice(start, range?.end ?? 0).trimEnd().length,
      runsOn: stage === undefined ? null : runsOnOf(stage, part),
      legs: stage === undefined ? null : countLegs(stage),
      isIncluded: !Object.hasOwn(written, id),
      errors: counts.errors.get(keyOf(scope, id)) ?? 0,
      warnings: counts.warnings.get(keyOf(scope, id)) ?? 0,
    };
  });
}

/** 1-based. @param lines where each begins */
function lineOf(lines: readonly number[], offset: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** In words: an image, or `ssh` and a host; null for this machine. */
function runsOnOf({ body, place }: PipelineStage, part: Pipeline | null): string | null {
  if (body.type === 'approval' || body.type === 'pipeline') return null;
  return placeWords(place ?? part?.defaults.place ?? undefined);
}

function countLegs({ matrix }: PipelineStage): number | null {
  if (matrix === null || JSON.stringify(matrix.definition).includes('${{')) return null;
  try {
    return expandMatrix(matrix.definition).length;
  } catch (error) {
    if (error instanceof MatrixProblem) return null;
    throw error;
  }
}

interface IssueCounts {
  readonly errors: ReadonlyMap<string, number>;
  readonly warnings: ReadonlyMap<string, number>;
}

const keyOf = (scope: string | null, id: string): string => `${scope ?? ''}\n${id}`;

function countProblems({ issues, explanations }: StagesRequest): IssueCounts {
  const errors = new Map<string, number>();
  const warnings = new Map<string, number>();
  for (const { severity, stage, valuePath } of [...issues, ...explanations]) {
    if (stage === null || severity === 'hint') continue;
    const counts = severity === 'error' ? errors : warnings;
    const scope = valuePath[0] === 'pipelines' ? String(valuePath[1]) : null;
    const key = keyOf(scope, stage);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return { errors, warnings };
}
