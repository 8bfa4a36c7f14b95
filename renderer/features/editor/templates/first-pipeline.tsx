import { RotateCw } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import type { ProjectId } from '#shared/lib/ids.ts';
import { TemplateChooser } from './template-chooser.tsx';
import styles from './templates.module.css';

export interface FirstPipelineProps {
  readonly projectId: ProjectId;
  /** For a file that was made elsewhere. */
  readonly onLookAgain: () => void;
}

/** In a folder that has no pipeline file: the templates, those that fit the folder first. */
export function FirstPipeline({ projectId, onLookAgain }: FirstPipelineProps) {
  return (
    <section className={styles['first']} aria-labelledby="first-pipeline">
      <header className={styles['firstHeader']}>
        <h2 id="first-pipeline" className={styles['firstTitle']}>
          This folder has no pipeline yet
        </h2>
        <p className={styles['firstText']}>
          Start with one of these, written for what is in the folder. It opens in the editor, ready to run.
        </p>
      </header>
      <TemplateChooser
        projectId={projectId}
        onCreated={() => undefined}
        actions={
          <Button icon={<RotateCw size={14} />} onClick={onLookAgain}>
            Look again
          </Button>
        }
      />
    </section>
  );
}
