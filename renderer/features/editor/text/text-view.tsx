import { useEffect, useRef } from 'react';
import type { CatalogKind } from '#shared/api/procedures/kind.ts';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { usePipelineDocument } from '../document/document-context.ts';
import { mountText } from './mount-text.ts';
import styles from './text-view.module.css';

const NONE: readonly CatalogKind[] = [];

/** The text of the document in view, to be read and changed. At most one is shown of a document. */
export function TextView() {
  const document = usePipelineDocument();
  const { client } = useBridge();
  const kinds = useRemote(['kinds'], (signal) => client.kind.list(undefined, { signal }));
  const catalog = useRef(NONE);
  useEffect(() => {
    catalog.current = kinds.status === 'ready' ? kinds.value : NONE;
  }, [kinds]);
  const parent = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (parent.current === null) return undefined;
    return mountText(parent.current, document, () => catalog.current).close;
  }, [document]);
  return <div ref={parent} className={styles['text']} />;
}
