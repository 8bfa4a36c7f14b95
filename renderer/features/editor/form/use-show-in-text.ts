import { createContext, useContext } from 'react';
import type { ValuePath } from '#shared/pipeline/source-map.ts';
import { useDocumentActions } from '../document/document-context.ts';
import { stageOfPath } from '../document/locate-issue.ts';

/** Brings the text beside the form, where it is not in view. */
export const ShowTextContext = createContext<() => void>(() => undefined);

/** Shows where values stand in the text; those of several stages by the first of them. */
export function useShowInText(): (paths: readonly ValuePath[]) => void {
  const actions = useDocumentActions();
  const showText = useContext(ShowTextContext);
  return (paths) => {
    const stages = paths.flatMap((path) => stageOfPath(path) ?? []);
    actions.select([...new Set(stages)], 'form', paths[0]);
    showText();
  };
}
