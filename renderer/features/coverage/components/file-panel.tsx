import { ChevronDown, ChevronUp } from 'lucide-react';
import { Suspense, useMemo, useState, type ReactNode } from 'react';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { CopyButton } from '#renderer/ui/copy-button.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { useShortcut } from '#renderer/ui/shortcuts/use-shortcut.ts';
import { SidePanel, SidePanelHead } from '#renderer/ui/side-panel.tsx';
import { lazyPart } from '#renderer/ui/lazy-part.ts';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import type { FileLines } from '#shared/api/report-schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { CoveredFile } from '../coverage-tree.ts';
import { lineMarks, stepBlock, uncoveredBlocks, type UncoveredBlock } from '../line-marks.ts';
import { RatioBar } from './ratio-bar.tsx';
import styles from './coverage.module.css';

// CodeMirror is large and comes by itself.
const CodeView = lazyPart(async () => (await import('#renderer/ui/code-view/code-view.tsx')).CodeView);

interface FilePanelProps {
  readonly runId: RunId;
  readonly file: CoveredFile;
}

/** A file line by line: how often each ran, what has changed, and where no test came to. */
export function FilePanel({ runId, file }: FilePanelProps) {
  const { client } = useBridge();
  const { path, lines } = file;
  const remote = useRemote(file.hasLines ? ['coverage-file', runId, path] : null, (signal) =>
    client.report.coverageFile({ runId, path }, { signal }),
  );
  return (
    <SidePanel label={path}>
      {!file.hasLines ? (
        <>
          <Head path={path} file={file} />
          <EmptyState title="Only ratios were reported">
            The report has {lines.covered} of {lines.total} lines for this file and does not say which.
          </EmptyState>
        </>
      ) : remote.status === 'ready' ? (
        <Lines file={file} read={remote.value} />
      ) : (
        <>
          <Head path={path} file={file} />
          {remote.status === 'failed' ? (
            <FailureState failure={remote.failure} onRetry={remote.reload} />
          ) : (
            <SkeletonRows count={16} />
          )}
        </>
      )}
    </SidePanel>
  );
}

function Head({
  path,
  file,
  children,
}: {
  readonly path: string;
  readonly file: CoveredFile;
  readonly children?: ReactNode;
}) {
  return (
    <SidePanelHead
      title={path}
      actions={
        <>
          {children}
          <RatioBar ratio={file.lines} />
        </>
      }
    >
      <CopyButton text={path} label="Copy the path" />
    </SidePanelHead>
  );
}

function Lines({ file, read }: { readonly file: CoveredFile; readonly read: FileLines }) {
  const marks = useMemo(() => lineMarks(read.hits, read.changed), [read]);
  const blocks = useMemo(() => uncoveredBlocks(read.hits), [read]);
  const [index, setIndex] = useState<number | null>(null);
  // A new object at each step, so that one who has scrolled away is brought back.
  const [at, setAt] = useState<{ readonly line: number } | null>(null);
  const step = (by: 1 | -1): void => {
    const next = stepBlock(blocks.length, index, by);
    const block = next === null ? undefined : blocks[next];
    if (block === undefined) return;
    setIndex(next);
    setAt({ line: block.from });
  };
  const canStep = blocks.length > 0 && read.text !== null;
  useShortcut('n', () => step(1), { enabled: canStep });
  useShortcut('p', () => step(-1), { enabled: canStep });
  return (
    <>
      <Head path={read.path} file={file}>
        {blocks.length > 0 && (
          <>
            <span className={styles['of']} role="status">
              {index === null
                ? `${blocks.length} ${blocks.length === 1 ? 'gap' : 'gaps'}`
                : `${index + 1} of ${blocks.length} gaps`}
            </span>
            <IconButton
              label="Previous lines that no test reached"
              shortcut="p"
              icon={<ChevronUp size={14} />}
              disabled={!canStep}
              onClick={() => step(-1)}
            />
            <IconButton
              label="Next lines that no test reached"
              shortcut="n"
              icon={<ChevronDown size={14} />}
              disabled={!canStep}
              onClick={() => step(1)}
            />
          </>
        )}
      </Head>
      {read.text === null ? (
        <EmptyState title="The source is not there any more">
          Neither the workspace of the run nor its commit has this file. {gapWords(blocks)}
        </EmptyState>
      ) : (
        <Suspense fallback={<SkeletonRows count={16} />}>
          <CodeView
            text={read.text}
            path={read.path}
            label={`Source of ${read.path}`}
            marks={marks}
            at={at}
          />
        </Suspense>
      )}
    </>
  );
}

const MOST_GAPS = 20;

function gapWords(blocks: readonly UncoveredBlock[]): string {
  if (blocks.length === 0) return 'Every line that can run was reached.';
  const words = blocks.slice(0, MOST_GAPS).map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
  return `Not reached: ${words.join(', ')}${blocks.length > MOST_GAPS ? ' …' : ''}.`;
}
