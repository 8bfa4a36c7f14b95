import { useEffect, useMemo, useRef } from 'react';
import type { Issue, IssueSeverity } from '#shared/lib/issue.ts';
import { useRowWindow } from '#renderer/ui/use-row-window.ts';
import { yamlTokens } from './yaml-tokens.ts';
import styles from './source-pane.module.css';

const LINE_HEIGHT = 20;

export interface SourcePaneProps {
  readonly text: string;
  readonly issues: readonly Issue[];
  /** A line to bring into sight and mark, 1-based; a new object asks again. */
  readonly target: { readonly line: number } | null;
}

/** The file as it is on disk, with line numbers and its problems marked; to be read, not changed. */
export function SourcePane({ text, issues, target }: SourcePaneProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => text.split(/\r?\n/), [text]);
  const marks = useMemo(() => worstByLine(issues), [issues]);
  const view = useRowWindow({ scroller, count: lines.length, rowHeight: LINE_HEIGHT });
  useEffect(() => {
    const element = scroller.current;
    if (target === null || element === null) return;
    const top = (target.line - 1) * LINE_HEIGHT;
    const isInSight =
      top >= element.scrollTop && top < element.scrollTop + element.clientHeight - LINE_HEIGHT;
    if (!isInSight) element.scrollTop = Math.max(0, top - element.clientHeight / 3);
  }, [target]);
  return (
    <div ref={scroller} className={styles['source']} tabIndex={0} role="region" aria-label="Source">
      <div className={styles['lines']} style={{ height: view.height, minWidth: `${widest(lines) + 8}ch` }}>
        {view.rows.map(({ index, top }) => (
          <div
            key={index}
            className={styles['line']}
            data-target={target?.line === index + 1 || undefined}
            data-severity={marks.get(index + 1)}
            style={{ transform: `translateY(${top}px)` }}
          >
            <span className={styles['number']}>{index + 1}</span>
            <code className={styles['code']}>
              {yamlTokens(lines[index] ?? '').map((token, position) => (
                <span key={position} className={styles[token.kind]}>
                  {token.text}
                </span>
              ))}
            </code>
          </div>
        ))}
      </div>
    </div>
  );
}

const RANK: Record<IssueSeverity, number> = { error: 2, warning: 1, unsupported: 0 };

function worstByLine(issues: readonly Issue[]): Map<number, IssueSeverity> {
  const worst = new Map<number, IssueSeverity>();
  for (const { line, severity } of issues) {
    if (line === null) continue;
    const known = worst.get(line);
    if (known === undefined || RANK[severity] > RANK[known]) worst.set(line, severity);
  }
  return worst;
}

const widest = (lines: readonly string[]): number =>
  lines.reduce((most, line) => Math.max(most, line.length), 0);
