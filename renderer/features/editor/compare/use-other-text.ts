import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import type { PipelineFile } from '#shared/api/schemas.ts';
import { useDocument } from '../document/document-context.ts';
import type { DocumentState } from '../document/document-store.ts';
import { toSourceText } from '../document/source-text.ts';
import { useProjectId } from '../form/use-project.ts';
import { otherText, type Against, type OtherText } from '../text/diff/other-text.ts';

/** Another text of the same file, or the text of another file of the project. */
export type ComparedWith = Against | `file:${string}`;

const selectState = ({ file, saved, disk, head, git }: DocumentState) => ({ file, saved, disk, head, git });
const NO_FILES: readonly PipelineFile[] = [];

const otherFileOf = (compared: ComparedWith): string | null =>
  compared.startsWith('file:') ? compared.slice('file:'.length) : null;

/** What to compare with; null until it has come. */
export function useOtherText(compared: ComparedWith): OtherText | null {
  const { client } = useBridge();
  const projectId = useProjectId();
  const state = useDocument(selectState);
  const other = otherFileOf(compared);
  const source = useRemote(
    other === null || projectId === null ? null : ['source', projectId, other],
    (signal) => client.pipeline.read({ projectId: projectId!, file: other! }, { signal }),
  );
  if (other === null) return otherText(state, compared as Against);
  switch (source.status) {
    case 'loading':
      return null;
    case 'failed':
      return { type: 'none', title: `${other} cannot be read`, words: source.failure.message };
    case 'ready':
      return { type: 'text', text: toSourceText(source.value.text).text, label: other };
  }
}

interface ComparedOption {
  readonly value: ComparedWith;
  readonly label: string;
}

/** What there is to compare with: other texts of the file first, then the other files of the project. */
export function useComparedOptions(): readonly ComparedOption[] {
  const { client } = useBridge();
  const projectId = useProjectId();
  const { file, git } = useDocument(selectState);
  const listed = useRemote(projectId === null ? null : ['pipelines', projectId], (signal) =>
    client.project.pipelines({ projectId: projectId! }, { signal }),
  );
  const files = listed.status === 'ready' ? listed.value : NO_FILES;
  const branch = git?.branch ?? null;
  return [
    { value: 'saved', label: 'As saved' },
    { value: 'head', label: branch === null ? 'Last commit' : `Last commit of ${branch}` },
    { value: 'disk', label: 'On disk' },
    ...files
      .filter((other) => other.file !== file)
      .map((other): ComparedOption => ({ value: `file:${other.file}`, label: other.file })),
  ];
}
