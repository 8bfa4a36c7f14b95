import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { ValuePath } from '#shared/pipeline/source-map.ts';
import { scrollIntoPart, scrollToStart } from '#renderer/ui/scroll-part.ts';
import { useDocument } from '../../document/document-context.ts';
import type { DocumentState } from '../../document/document-store.ts';
import { startsWith } from '../form-data.ts';

const selectMeant = ({ selection }: DocumentState) => ({ path: selection.path, by: selection.by });

/** Brings the field of the value into view that was chosen elsewhere: in the text, or in the list of problems. */
export function useRevealedField(): RefObject<HTMLElement | null> {
  const panel = useRef<HTMLElement>(null);
  const { path, by } = useDocument(selectMeant);
  const key = JSON.stringify(path);
  // What was there before may have been scrolled.
  useLayoutEffect(() => {
    if (panel.current !== null) scrollToStart(panel.current);
  }, []);
  useEffect(() => {
    if (by === 'form') return;
    const meant = JSON.parse(key) as ValuePath | null;
    if (meant === null || meant.length === 0) return;
    const [field] = [...(panel.current?.querySelectorAll<HTMLElement>('[data-path]') ?? [])]
      .map((element) => ({ element, path: JSON.parse(element.dataset['path'] ?? '[]') as ValuePath }))
      .filter((candidate) => startsWith(meant, candidate.path))
      .sort((a, b) => b.path.length - a.path.length);
    if (field !== undefined) scrollIntoPart(field.element);
  }, [key, by]);
  return panel;
}
