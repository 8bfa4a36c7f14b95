import { useState } from 'react';
import type { EditorStage } from '../../document/analysis.ts';
import { FormPanel } from './form-panel.tsx';
import { pipelineShapes } from '../schema/pipeline-shapes.ts';
import { STAGE_SECTIONS } from '../sections/stage-sections.ts';
import { StageHead } from '../stage/stage-head.tsx';
import { useStageForm } from './use-stage-form.ts';

interface Identity {
  readonly count: number;
  readonly id: string;
  readonly scope: string | null;
  /** What the stage is about to be called. */
  readonly next: string | null;
}

/** The settings of one stage. */
export function StagePanel({ stage }: { readonly stage: EditorStage }) {
  const { id, scope } = stage;
  const data = useStageForm(stage);
  const [identity, setIdentity] = useState<Identity>({ count: 0, id, scope, next: null });
  if (identity.id !== id || identity.scope !== scope) {
    // Under its new name it is the same stage: the focus stays where it is.
    const isSame = identity.scope === scope && identity.next === id;
    setIdentity({ count: identity.count + (isSame ? 0 : 1), id, scope, next: null });
  }
  return (
    <FormPanel
      key={identity.count}
      label={`Settings of ${id}`}
      header={
        <StageHead stage={stage} onRename={(to) => setIdentity((before) => ({ ...before, next: to }))} />
      }
      data={data}
      sections={STAGE_SECTIONS}
      specs={pipelineShapes().stage}
    />
  );
}
