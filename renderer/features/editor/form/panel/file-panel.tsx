import { useDocument } from '../../document/document-context.ts';
import type { DocumentState } from '../../document/document-store.ts';
import { pipelineShapes } from '../schema/pipeline-shapes.ts';
import { FILE_SECTIONS, PIPELINE_SECTIONS } from '../sections/file-sections.ts';
import { FileHead } from './file-head.tsx';
import { FormPanel } from './form-panel.tsx';
import { useFileForm } from './use-file-form.ts';

const selectScope = ({ scope }: DocumentState): string | null => scope;

/** The settings of the file, or of that pipeline of it whose stages the canvas shows. */
export function FilePanel() {
  const scope = useDocument(selectScope);
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
