import { useDocumentActions } from '../../document/document-context.ts';
import type { EditorStage } from '../../document/analysis.ts';
import { pipelineShapes } from '../schema/pipeline-shapes.ts';
import { SHARED_SECTIONS } from '../sections/shared-sections.ts';
import { BrokenNote } from './broken-note.tsx';
import { FormPanel } from './form-panel.tsx';
import { useStagesForm } from './use-stages-form.ts';
import styles from './heads.module.css';

/** What several stages have in common; what is set here is set on all of them, in one step of undo. */
export function StagesPanel({ stages }: { readonly stages: readonly EditorStage[] }) {
  const actions = useDocumentActions();
  const data = useStagesForm(stages);
  return (
    <FormPanel
      key={stages.map(({ id }) => id).join(' ')}
      label={`Settings of ${stages.length} stages`}
      header={
        <header className={styles['head']}>
          <h2 className={styles['title']}>{stages.length} stages</h2>
          <p className={styles['quiet']}>What you set here is set on all of them.</p>
          <ul className={styles['chosen']} aria-label="Chosen stages">
            {stages.map(({ id }) => (
              <li key={id}>
                <button
                  type="button"
                  className={styles['stage']}
                  title={`Show ${id} alone`}
                  onClick={() => actions.select([id], 'form')}
                >
                  {id}
                </button>
              </li>
            ))}
          </ul>
          <BrokenNote />
        </header>
      }
      data={data}
      sections={SHARED_SECTIONS}
      specs={pipelineShapes().stage}
    />
  );
}
