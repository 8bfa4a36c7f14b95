import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { useDocument } from '../../document/document-context.ts';
import type { DocumentState } from '../../document/document-store.ts';
import { pipelineShapes } from '../schema/pipeline-shapes.ts';
import { FILE_SECTIONS, PIPELINE_SECTIONS } from '../sections/file-sections.ts';
import { BrokenNote } from './broken-note.tsx';
import { FileHead } from './file-head.tsx';
import { FormPanel } from './form-panel.tsx';
import { useFileForm } from './use-file-form.ts';
import styles from './heads.module.css';

const selectFile = ({ analysis, broken, scope }: DocumentState) => ({
  isRead: analysis !== null,
  isBroken: broken !== null,
  scope,
});

/** The settings of the file, or of that pipeline of it whose stages the canvas shows. */
export function FilePanel() {
  const { isRead, isBroken, scope } = useDocument(selectFile);
  if (isRead) return <FileForm scope={scope} />;
  // What is typed before the values are there would be put beside them.
  if (!isBroken) return <SkeletonRows />;
  return (
    <div className={styles['head']}>
      <BrokenNote />
    </div>
  );
}

function FileForm({ scope }: { readonly scope: string | null }) {
  const data = useFileForm(scope);
  const { file, pipeline } = pipelineShapes();
  return (
    <FormPanel
      key={scope ?? ''}
      label={scope === null ? 'Settings of the file' : `Settings of pipeline ${scope}`}
      header={<FileHead scope={scope} />}
      data={data}
      sections={scope === null ? FILE_SECTIONS : PIPELINE_SECTIONS}
      specs={scope === null ? file : pipeline}
    />
  );
}
