import { mappingOf } from '#shared/pipeline/raw-stages.ts';
import { stagesOf } from '#shared/pipeline/edits/stage-paths.ts';
import type { EditorStage } from '../document/analysis.ts';
import { stageGraph, type StageGraph } from './scene/stage-graph.ts';

/** A stage as its card shows it; where it stands in the text changes too often to be part of that. */
export interface CanvasStage extends Omit<EditorStage, 'start' | 'end' | 'line'> {
  /** The pipeline of the file that it calls. */
  readonly calls: string | null;
  readonly hasGate: boolean;
}

export interface CanvasGraph extends StageGraph<CanvasStage> {
  readonly scope: string | null;
}

/**
 * The graph of one scope of a file.
 * @param value the plain value of the file
 * @param before of an earlier version: stages that look the same are the same objects; so is the graph when all do
 */
export function canvasGraph(
  stages: readonly EditorStage[],
  value: unknown,
  scope: string | null,
  before?: CanvasGraph,
): CanvasGraph {
  const pipelines = mappingOf(mappingOf(value)['pipelines']);
  const written = stagesOf(value, scope);
  const shown = stages.flatMap((stage): CanvasStage[] => {
    if (stage.scope !== scope) return [];
    const { pipeline, gate } = mappingOf(written[stage.id]);
    const calls = typeof pipeline === 'string' && Object.hasOwn(pipelines, pipeline) ? pipeline : null;
    const shownStage: CanvasStage = { ...stage, calls, hasGate: gate !== undefined && gate !== null };
    const known = before?.scope === scope ? before.stages.get(stage.id) : undefined;
    return [known !== undefined && isSameCard(known, shownStage) ? known : shownStage];
  });
  const isSame =
    before?.scope === scope &&
    before.stages.size === shown.length &&
    [...before.stages.values()].every((stage, index) => stage === shown[index]);
  return isSame ? before : { ...stageGraph(shown), scope };
}

/** Equal for graphs that are laid out alike. */
export const shapeOf = ({ stages }: CanvasGraph): string =>
  [...stages.values()].map(({ id, needs }) => `${id}<${needs.join(',')}`).join('\n');

/** Whether two versions of a stage look the same on its card. */
export function isSameCard(a: CanvasStage, b: CanvasStage): boolean {
  return (
    a.id === b.id &&
    a.name === b.name &&
    a.kind === b.kind &&
    a.summary === b.summary &&
    a.runsOn === b.runsOn &&
    a.legs === b.legs &&
    a.errors === b.errors &&
    a.warnings === b.warnings &&
    a.calls === b.calls &&
    a.hasGate === b.hasGate &&
    a.isIncluded === b.isIncluded &&
    a.badges.join() === b.badges.join() &&
    a.needs.join() === b.needs.join()
  );
}
