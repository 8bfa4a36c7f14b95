import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { DocumentActions, DocumentState, PipelineDocument } from './document-store.ts';

/** `<DocumentContext value={document}>` stands around the views of one document. */
export const DocumentContext = createContext<PipelineDocument | null>(null);

/** The document itself, for what needs its transactions; else `useDocument` and `useDocumentActions`. */
export function usePipelineDocument(): PipelineDocument {
  const document = useContext(DocumentContext);
  if (document === null) throw new Error('useDocument needs a DocumentContext around it.');
  return document;
}

/** A part of the document's state. Hoist the selector; a result that is an array or object is compared by its members. */
export function useDocument<Selected>(selector: (state: DocumentState) => Selected): Selected {
  return useStore(usePipelineDocument(), useShallow(selector));
}

/** The same object for as long as the document is open. */
export const useDocumentActions = (): DocumentActions => usePipelineDocument().actions;
