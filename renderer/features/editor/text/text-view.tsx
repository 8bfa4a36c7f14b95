import { useEffect, useRef } from 'react';
import { usePipelineDocument } from '../document/document-context.ts';
import { useKinds } from '../form/use-project.ts';
import { mountText } from './mount-text.ts';
import styles from './text-view.module.css';

/** The text of the document in view, to be read and changed. At most one is shown of a document. */
export function TextView() {
  const document = usePipelineDocument();
  const kinds = useKinds();
  const catalog = useRef(kinds);
  useEffect(() => {
    catalog.current = kinds;
  }, [kinds]);
  const parent = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (parent.current === null) return undefined;
    return mountText(parent.current, document, () => catalog.current).close;
  }, [document]);
  return <div ref={parent} className={styles['text']} />;
}
