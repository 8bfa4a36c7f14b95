import { useMemo } from 'react';
import type { ValuePath } from '#shared/pipeline/source-map.ts';
import { useDocument } from '../document/document-context.ts';
import type { DocumentState } from '../document/document-store.ts';
import { knownContexts, previewOf } from './expression-preview.ts';
import styles from './form.module.css';

const selectRoot = ({ analysis }: DocumentState): { readonly root: unknown } => ({ root: analysis?.value });
const selectBranch = ({ git }: DocumentState): string | null => git?.branch ?? null;

export interface ExpressionNoteProps {
  readonly text: string;
  readonly path: ValuePath;
  /** The text is a condition. */
  readonly isBare: boolean;
}

/** What an expression gives, as far as the file says it. */
export function ExpressionNote({ text, path, isBare }: ExpressionNoteProps) {
  const { root } = useDocument(selectRoot);
  const branch = useDocument(selectBranch);
  const preview = useMemo(
    () => previewOf(text, knownContexts(root, path, branch), isBare),
    [text, root, path, branch, isBare],
  );
  if (preview === null) return null;
  switch (preview.type) {
    case 'value':
      return (
        <p className={styles['preview']}>
          {isBare ? 'As things stand, it ' : 'Gives '}
          {isBare ? preview.text : <code>{preview.text === '' ? 'an empty text' : preview.text}</code>}
        </p>
      );
    case 'later':
      return <p className={styles['preview']}>Known in the run: {preview.names.join(', ')}</p>;
    case 'fault':
      return (
        <p className={styles['preview']} data-fault>
          {preview.message}
        </p>
      );
  }
}
