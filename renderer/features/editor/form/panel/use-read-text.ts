import { Text } from '@codemirror/state';
import { useState } from 'react';
import { useDocument } from '../../document/document-context.ts';
import type { DocumentState } from '../../document/document-store.ts';

const selectRead = ({ analysis, editor, version }: DocumentState): Text | null =>
  analysis?.version === version ? editor.doc : null;

/** The text that the present analysis is of, which may be older than the one that is being typed. */
export function useReadText(): Text {
  const present = useDocument(selectRead);
  const [read, setRead] = useState(present ?? Text.empty);
  if (present === null || present === read) return read;
  setRead(present);
  return present;
}
