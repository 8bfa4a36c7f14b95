import { useMemo, type ReactNode } from 'react';
import { edgeId } from '#renderer/ui/pipeline-graph/elk-graph.ts';
import { PipelineGraph } from '#renderer/ui/pipeline-graph/pipeline-graph.tsx';
import type { GraphMarks } from '#renderer/ui/pipeline-graph/stage-mark.ts';
import { stageWords } from './change-words.ts';
import type { Change, ComparedScope, ComparedStage } from './comparison.ts';
import { allStages, nearChanges } from './near-changes.ts';
import styles from './changes-view.module.css';

export interface ChangesGraphProps {
  /** What can be chosen of the graph, at its upper right. */
  readonly choices: ReactNode;
  readonly scope: ComparedScope;
  readonly changes: readonly Change[];
  /** Leaves out stages far from any change. */
  readonly onlyNear: boolean;
  readonly selectedId: string | null;
  readonly onSelect: (id: string | null) => void;
  readonly onOpen: (id: string) => void;
}

/** The stages of both texts as one graph, with what came, went and changed. */
export function ChangesGraph({
  choices,
  scope,
  changes,
  onlyNear,
  selectedId,
  onSelect,
  onOpen,
}: ChangesGraphProps) {
  const { stages } = scope;
  const drawn = useMemo(() => (onlyNear ? nearChanges(stages) : allStages(stages)), [stages, onlyNear]);
  const marks = useMemo(
    () => marksOf(drawn.stages, changes, scope.scope),
    [drawn.stages, changes, scope.scope],
  );
  return (
    <div className={styles['graph']}>
      <div className={styles['choices']}>{choices}</div>
      {drawn.stages.length === 0 ? (
        <p className={styles['quiet']}>No stage of this pipeline differs.</p>
      ) : (
        <PipelineGraph
          label="Stages of both texts"
          stages={drawn.stages}
          marks={marks}
          selectedId={selectedId}
          onSelect={onSelect}
          onOpen={onOpen}
        />
      )}
      {drawn.left > 0 && (
        <p className={styles['left']}>
          {drawn.left === 1 ? '1 stage that is far' : `${drawn.left} stages that are far`} from any change
          {drawn.left === 1 ? ' is' : ' are'} not drawn
        </p>
      )}
    </div>
  );
}

function marksOf(
  stages: readonly ComparedStage[],
  changes: readonly Change[],
  scope: string | null,
): GraphMarks {
  const fields = new Map(
    changes
      .filter((change) => change.scope === scope && change.stage !== null)
      .map((change) => [change.stage!, change.fields]),
  );
  return {
    stages: new Map(
      stages.flatMap((stage) =>
        stage.change === null
          ? []
          : [[stage.id, { mark: stage.change, words: stageWords(stage, fields.get(stage.id) ?? []) }]],
      ),
    ),
    edges: new Map(
      stages.flatMap(({ id, addedNeeds, removedNeeds }) => [
        ...addedNeeds.map((need) => [edgeId(need, id), 'added'] as const),
        ...removedNeeds.map((need) => [edgeId(need, id), 'removed'] as const),
      ]),
    ),
  };
}
