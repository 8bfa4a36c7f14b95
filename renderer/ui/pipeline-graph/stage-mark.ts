import { edgeId } from './elk-graph.ts';

/** What became of a stage between two versions of a pipeline. */
export type StageMark = 'added' | 'removed' | 'renamed' | 'changed';

/** What differs between two versions of a pipeline whose stages are drawn as one graph. */
export interface GraphMarks {
  /** By stage id; a stage that is not here is the same in both. */
  readonly stages: ReadonlyMap<string, { readonly mark: StageMark; readonly words: string }>;
  /** By `edgeId`; an edge that is not here is in both. */
  readonly edges: ReadonlyMap<string, 'added' | 'removed'>;
}

/** What a graph with marks says of one stage; `words` stand in the second line of its node. */
export interface MarkedStage {
  readonly mark: StageMark | 'same';
  readonly words: string;
}

const SAME: MarkedStage = { mark: 'same', words: 'as before' };

export const markOfStage = (marks: GraphMarks, id: string): MarkedStage => marks.stages.get(id) ?? SAME;

/** How an edge looks. */
export const markOfEdge = (
  marks: GraphMarks,
  source: string,
  target: string,
): 'added' | 'removed' | 'waiting' => marks.edges.get(edgeId(source, target)) ?? 'waiting';
