import type { ContextReference } from '#shared/expressions/references.ts';
import { chunkedGet } from '#shared/lib/chunked.ts';
import type { StageId } from '#shared/lib/ids.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import type { RunState } from '#shared/run/run-state.ts';

/** What only work can bring: no one knows it before a run. */
const NEVER = new Set(['steps', 'services', 'secrets', 'state']);

/** A matrix over outputs, as a simulation holds it: one stage that stands for its legs. */
export const isOpenMatrix = ({ kind, matrix }: PlannedStage): boolean => kind === 'matrix' && matrix === null;

/**
 * Says of what an expression of a stage reads whether it is known before the run.
 * @param unsettled stages of which it is not known whether they run
 */
export function knownValues(
  run: RunState,
  planned: PlannedStage,
  unsettled: ReadonlySet<StageId>,
): (reference: ContextReference) => boolean {
  const needs = new Map(planned.needs.map((id) => [id.toLowerCase(), id]));

  function isNeedKnown([name, part, output]: readonly (string | null)[]): boolean {
    if (typeof name !== 'string') return false;
    const id = needs.get(name.toLowerCase());
    const index = id === undefined ? undefined : run.graph.indexOf.get(id);
    if (id === undefined || index === undefined) return true;
    if (unsettled.has(id)) return false;
    const { status, approval } = chunkedGet(run.stages, index);
    if (status === 'skipped' || part?.toLowerCase() === 'result') return true;
    return approval !== null && output?.toLowerCase() === 'decision';
  }

  return ({ context, path }) => {
    const name = context.toLowerCase();
    if (name === 'needs') return isNeedKnown(path);
    if (name === 'matrix') return !isOpenMatrix(planned);
    if (name === 'run')
      return path.length > 0 && !['id', 'number', undefined].includes(path[0]?.toLowerCase());
    return !NEVER.has(name);
  };
}
