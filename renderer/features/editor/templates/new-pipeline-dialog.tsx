import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import type { ProjectId } from '#shared/lib/ids.ts';
import { closeNewPipeline } from './new-pipeline.ts';
import { TemplateChooser } from './template-chooser.tsx';
import styles from './templates.module.css';

/** Makes a pipeline from a template and opens it in the editor. `openNewPipeline` opens it. */
export function NewPipelineDialog({ projectId }: { readonly projectId: ProjectId }) {
  return (
    <Dialog
      open
      onOpenChange={closeNewPipeline}
      title="New pipeline"
      description="Choose what comes closest: the file is yours to change then."
      width={1000}
    >
      <div className={styles['inDialog']}>
        <TemplateChooser
          projectId={projectId}
          onCreated={closeNewPipeline}
          actions={<Button onClick={closeNewPipeline}>Cancel</Button>}
        />
      </div>
    </Dialog>
  );
}
