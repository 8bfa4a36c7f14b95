import type { Text } from '@codemirror/state';
import { useDocument } from '../../document/document-context.ts';
import type { DocumentState } from '../../document/document-store.ts';

const selectRead = ({ read }: DocumentState): Text => read;

/** The text that the present analysis is of, which may be older than the one that is being typed. */
export const useReadText = (): Text => useDocument(selectRead);
