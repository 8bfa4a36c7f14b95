import type { PipelineStage } from '#shared/api/schemas.ts';
import type { StageState } from '#shared/run/run-state.ts';

/** What of a stage decides its place and its fixed words in a graph. */
export interface GraphStage {
  /** Unique in its graph. */
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly needs: readonly string[];
  readonly badges?: readonly StageBadge[];
  /** The run waits before it. */
  readonly hasBreakpoint?: boolean;
  /** Of a node that stands for a whole matrix. */
  readonly group?: StageGroup;
}

/** The legs of a matrix; empty while they are not known. Folded: the node stands for them, they have none of their own. */
export interface StageGroup {
  readonly legs: readonly string[];
  readonly isFolded: boolean;
}

/** What a stage has besides its work, shown as small icons. */
export type StageBadge = PipelineStage['badges'][number];

/**
 * The live half of a graph. Kept apart from the stages, so that a state that changes renders one node and its edges only.
 * `read` must answer with the same object until that stage has changed; undefined for a stage that it does not know.
 */
export interface StageStates {
  subscribe(listener: () => void): () => void;
  read(id: string): StageState | undefined;
}
