import { ArrowDown, ArrowUp, Columns2, GitCompare, Rows2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { Toolbar } from '#renderer/ui/page-header.tsx';
import { SegmentedControl } from '#renderer/ui/segmented-control.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { useOtherText, type ComparedWith } from '../compare/use-other-text.ts';
import { useDocument, usePipelineDocument } from '../document/document-context.ts';
import type { DocumentState } from '../document/document-store.ts';
import { mountDiff, type DiffLayout, type MountedDiff } from './diff/mount-diff.ts';
import styles from './diff-view.module.css';

const LAYOUTS = [
  { value: 'side-by-side', label: 'Side by side', icon: <Columns2 size={12} /> },
  { value: 'unified', label: 'One below the other', icon: <Rows2 size={12} /> },
] as const;

const selectReadOnly = ({ isReadOnly }: DocumentState) => isReadOnly;

export interface DiffViewProps {
  readonly against: ComparedWith;
}

/** The document's text against another one; each difference can be taken back, and the text changed. */
export function DiffView({ against }: DiffViewProps) {
  const other = useOtherText(against);
  if (other === null) return <SkeletonRows />;
  if (other.type === 'none') {
    return (
      <EmptyState icon={<GitCompare size={20} />} title={other.title}>
        {other.words}
      </EmptyState>
    );
  }
  return <Differences other={other.text} label={other.label} />;
}

function Differences({ other, label }: { readonly other: string; readonly label: string }) {
  const document = usePipelineDocument();
  const isReadOnly = useDocument(selectReadOnly);
  const [layout, setLayout] = useState<DiffLayout>('side-by-side');
  const [count, setCount] = useState(0);
  const parent = useRef<HTMLDivElement>(null);
  const mounted = useRef<MountedDiff>(null);
  useEffect(() => {
    if (parent.current === null) return undefined;
    const diff = mountDiff(parent.current, { document, other, label, layout, onCount: setCount });
    mounted.current = diff;
    return () => {
      mounted.current = null;
      diff.close();
    };
  }, [document, other, label, layout, isReadOnly]);
  return (
    <div className={styles['diff']}>
      <Toolbar label="Differences">
        <span className={styles['count']} role="status">
          {countWords(count)}
        </span>
        <IconButton
          label="Previous difference"
          shortcut="shift+f7"
          icon={<ArrowUp size={14} />}
          disabled={count === 0}
          onClick={() => mounted.current?.go('previous')}
        />
        <IconButton
          label="Next difference"
          shortcut="f7"
          icon={<ArrowDown size={14} />}
          disabled={count === 0}
          onClick={() => mounted.current?.go('next')}
        />
        <span className={styles['space']} />
        <SegmentedControl label="Layout" options={LAYOUTS} value={layout} onValueChange={setLayout} />
      </Toolbar>
      {layout === 'side-by-side' && (
        <div className={styles['labels']} aria-hidden>
          <span>{label}</span>
          <span>Here</span>
        </div>
      )}
      <div ref={parent} className={styles['texts']} data-layout={layout} />
    </div>
  );
}

function countWords(count: number): string {
  if (count === 0) return 'No differences';
  return count === 1 ? '1 difference' : `${count} differences`;
}
