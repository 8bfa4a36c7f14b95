import { wayOfNeeds } from '#shared/pipeline/way-of-needs.ts';

/** What of a stage decides what it is connected to. */
export interface Connected {
  readonly id: string;
  readonly needs: readonly string[];
}

/** A stage that `target` needs. */
export interface EdgeRef {
  readonly source: string;
  readonly target: string;
}

/** The stages of one scope and their needs. */
export interface StageGraph<Stage extends Connected = Connected> {
  /** In the order of the file. */
  readonly stages: ReadonlyMap<string, Stage>;
  /** Between stages that are there, each once. */
  readonly edges: readonly EdgeRef[];
  /** Those that need a stage. */
  readonly dependents: ReadonlyMap<string, readonly string[]>;
}

export const edgeKey = ({ source, target }: EdgeRef): string => `${source}\n${target}`;

export const isSameEdge = (a: EdgeRef | null, b: EdgeRef | null): boolean =>
  a?.source === b?.source && a?.target === b?.target;

export function stageGraph<Stage extends Connected>(list: readonly Stage[]): StageGraph<Stage> {
  const stages = new Map(list.map((stage) => [stage.id, stage]));
  const edges: EdgeRef[] = [];
  const dependents = new Map<string, string[]>();
  for (const { id, needs } of list) {
    for (const need of new Set(needs)) {
      if (!stages.has(need)) continue;
      edges.push({ source: need, target: id });
      const others = dependents.get(need);
      if (others === undefined) dependents.set(need, [id]);
      else others.push(id);
    }
  }
  return { stages, edges, dependents };
}

/** Why `target` cannot need `source`, in one sentence; null when it can. */
export function connectProblem(graph: StageGraph, { source, target }: EdgeRef): string | null {
  if (source === target) return 'A stage cannot need itself.';
  if (graph.stages.get(target)?.needs.includes(source) === true) return `${target} needs ${source} already.`;
  const way = wayOfNeeds((id) => graph.stages.get(id)?.needs ?? [], source, target);
  return way === null ? null : `${[target, ...shortened(way)].join(' needs ')}: that would be a circle.`;
}

/** A circle of very many stages is told by its ends. */
const shortened = (way: readonly string[]): readonly string[] =>
  way.length <= 6 ? way : [...way.slice(0, 3), '…', ...way.slice(-2)];
