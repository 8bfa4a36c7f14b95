import { Suspense } from 'react';
import { useNewPipeline } from '#renderer/features/editor/templates/new-pipeline.ts';
import { lazyPart } from '#renderer/ui/lazy-part.ts';

const NewPipelineDialog = lazyPart(
  async () => (await import('#renderer/features/editor/templates/new-pipeline-dialog.tsx')).NewPipelineDialog,
);

/** The dialog that makes a pipeline, over whatever is in view. Mounted once; `openNewPipeline` opens it. */
export function NewPipeline() {
  const projectId = useNewPipeline((state) => state.projectId);
  if (projectId === null) return null;
  return (
    <Suspense fallback={null}>
      <NewPipelineDialog projectId={projectId} />
    </Suspense>
  );
}
