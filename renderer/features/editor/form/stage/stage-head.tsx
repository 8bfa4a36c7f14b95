import { useMemo, useState } from 'react';
import { Callout } from '#renderer/ui/callout.tsx';
import { mappingOf } from '#shared/pipeline/raw-stages.ts';
import type { EditorStage } from '../../document/analysis.ts';
import { useDocument, usePipelineDocument } from '../../document/document-context.ts';
import type { DocumentState } from '../../document/document-store.ts';
import { stageIdsOf } from '../../document/stage-ids.ts';
import { NameField } from '../fields/name-field.tsx';
import { FieldNotes } from '../field-notes.tsx';
import { keyPlace } from '../field-place.ts';
import { textOf } from '../field-text.ts';
import { useFormData } from '../form-data.ts';
import { pipelineShapes } from '../schema/pipeline-shapes.ts';
import { SchemaField } from '../schema-field.tsx';
import { hasSection } from '../sections/form-section.ts';
import { STAGE_SECTIONS } from '../sections/stage-sections.ts';
import { BrokenNote } from '../panel/broken-note.tsx';
import { KindSwitch } from './kind-switch.tsx';
import styles from '../form.module.css';

const ID = '^[A-Za-z_][A-Za-z0-9_-]*$';
const NO_SHORT_FORM = { short: null, flag: false };

const NONE: ReadonlySet<string> = new Set();

const selectIds = ({ analysis, scope }: DocumentState): ReadonlySet<string> =>
  analysis === null ? NONE : stageIdsOf(analysis.stages, scope);

export interface StageHeadProps {
  readonly stage: EditorStage;
  /** Told just before the stage has another id. */
  readonly onRename: (to: string) => void;
}

/** What the stage is called and what it is, and what is wrong with it as a whole. */
export function StageHead({ stage, onRename }: StageHeadProps) {
  const { id, path, isIncluded } = stage;
  const document = usePipelineDocument();
  const ids = useDocument(selectIds);
  const { roots, issues } = useFormData();
  const [problem, setProblem] = useState<string | null>(null);
  const taken = useMemo(() => [...ids], [ids]);
  const own = issues.filter(({ valuePath }) => !hasField(String(valuePath[path.length] ?? '')));
  const name = pipelineShapes().stage.get('name');
  return (
    <header className={styles['head']}>
      <div className={styles['headLine']}>
        <h2 className={styles['headTitle']}>{textOf(mappingOf(roots[0]?.value)['name'] ?? id)}</h2>
        <KindSwitch onProblem={setProblem} />
      </div>
      <BrokenNote />
      {isIncluded && (
        <Callout title="This stage stands in an included file">Open that file to change it.</Callout>
      )}
      {(problem !== null || own.length > 0) && <FieldNotes problem={problem} issues={own} />}
      <div className={styles['names']}>
        <NameField
          label="Id"
          name={id}
          taken={taken}
          keyPattern={ID}
          path={path}
          rename={(to) => {
            onRename(to);
            return { type: 'rename-stage', scope: stage.scope, id, to };
          }}
          onApplied={(to) => {
            const { selection } = document.getState();
            if (selection.stages.length === 1 && selection.stages[0] === id)
              document.actions.select([to], 'form');
          }}
        />
        {name !== undefined && (
          <SchemaField
            spec={{ ...name, help: '', examples: [], initial: id }}
            places={roots.map((root) => keyPlace(root, NO_SHORT_FORM, 'name'))}
          />
        )}
      </div>
    </header>
  );
}

/** Whether issues of a key are shown further down. */
const hasField = (key: string): boolean => key === 'name' || hasSection(STAGE_SECTIONS, key);
