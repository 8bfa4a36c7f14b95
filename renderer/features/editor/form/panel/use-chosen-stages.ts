import { useState } from 'react';
import type { EditorStage } from '../../document/analysis.ts';
import { useDocument } from '../../document/document-context.ts';
import type { DocumentState } from '../../document/document-store.ts';
import { stageIdsOf } from '../../document/stage-ids.ts';

const NONE: readonly EditorStage[] = [];

const selectChosen = ({ analysis, broken, scope, selection, version }: DocumentState) => {
  const stages = analysis?.stages ?? NONE;
  const known = stageIdsOf(stages, scope);
  const isStale = analysis?.version !== version && broken?.version !== version;
  return {
    stages,
    scope,
    ids: selection.stages,
    /** The analysis is of an older text: what it does not know may be new. */
    isWaiting: isStale && selection.stages.some((id) => !known.has(id)),
  };
};

/** The stages that are chosen, in the order of the file. Until a text with new names is read: those before. */
export function useChosenStages(): readonly EditorStage[] {
  const { stages, isWaiting, scope, ids } = useDocument(selectChosen);
  const chosen = new Set(ids);
  const found = stages.filter((stage) => stage.scope === scope && chosen.has(stage.id));
  const [shown, setShown] = useState(found);
  const isSame = shown.length === found.length && shown.every((stage, index) => stage === found[index]);
  if (isWaiting || isSame) return shown;
  setShown(found);
  return found;
}
