import { Suspense, useMemo } from 'react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import type { LineMark } from '#renderer/ui/code-view/line-mark.ts';
import { lazyPart } from '#renderer/ui/lazy-part.ts';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import type { RunId } from '#shared/lib/ids.ts';
import type { Finding } from '#shared/reports/findings.ts';
import styles from './findings.module.css';

// CodeMirror is large and comes by itself.
const CodeView = lazyPart(async () => (await import('#renderer/ui/code-view/code-view.tsx')).CodeView);

interface FindingExcerptProps {
  readonly runId: RunId;
  readonly finding: Finding;
  readonly file: string;
}

/** The source around a finding, with its place marked. */
export function FindingExcerpt({ runId, finding, file }: FindingExcerptProps) {
  const { client } = useBridge();
  const remote = useRemote(['source', runId, file], (signal) =>
    client.report.source({ runId, path: file }, { signal }),
  );
  const { line, endLine } = finding;
  const marks = useMemo((): readonly LineMark[] => {
    if (line === null) return [];
    const last = Math.min(Math.max(endLine ?? line, line), line + 200);
    return Array.from({ length: last - line + 1 }, (_, index) => ({ line: line + index, ground: 'place' }));
  }, [line, endLine]);
  const at = useMemo(() => (line === null ? null : { line }), [line]);
  if (remote.status === 'loading') return <SkeletonRows count={8} />;
  if (remote.status === 'failed') return null;
  if (remote.value.text === null) {
    return <p className={styles['gone']}>The source is not there any more.</p>;
  }
  return (
    <div className={styles['excerpt']}>
      <Suspense fallback={<SkeletonRows count={8} />}>
        <CodeView text={remote.value.text} path={file} label={`Source of ${file}`} marks={marks} at={at} />
      </Suspense>
    </div>
  );
}
