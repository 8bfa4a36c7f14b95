import { ChevronDown, ChevronRight, Wrench } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { DropdownMenu } from '#renderer/ui/dropdown-menu.tsx';
import type { MenuEntry } from '#renderer/ui/menu-entry.ts';
import type { QuickFix } from '../document/analysis.ts';
import { TickedText } from '../simulate/ticked-text.tsx';
import type { Problem } from './problems.ts';
import { SeverityIcon } from './severity-icon.tsx';
import styles from './problems-panel.module.css';

export interface ProblemRowProps {
  readonly problem: Problem;
  /** Its controls are in the tab order. */
  readonly isCurrent: boolean;
  readonly isExplained: boolean;
  readonly isReadOnly: boolean;
  /** How many of its kind one change would mend; null for none but this. */
  readonly countOfKind: number | null;
  readonly onFix: (fix: QuickFix) => void;
  readonly onFixKind: () => void;
  readonly onExplain: () => void;
  /** Null where a comment cannot silence it. */
  readonly onIgnore: (() => void) | null;
}

/** One problem: what, where, the ways out, and why it matters. */
export function ProblemRow(props: ProblemRowProps) {
  const { problem, isCurrent, isExplained, isReadOnly, countOfKind, onFix, onFixKind, onExplain, onIgnore } =
    props;
  const { severity, message, hint, why, code } = problem;
  const [fix, ...others] = problem.fixes;
  const more: readonly MenuEntry[] = [
    ...others.map((other): MenuEntry => ({ label: other.title, onSelect: () => onFix(other) })),
    ...(countOfKind === null
      ? []
      : [{ label: `Fix all ${countOfKind} of this kind`, onSelect: onFixKind } satisfies MenuEntry]),
  ];
  const tabIndex = isCurrent ? 0 : -1;
  return (
    <div className={styles['problem']}>
      <span className={styles['icon']}>
        <SeverityIcon severity={severity} />
      </span>
      <div className={styles['content']}>
        <span className={styles['words']}>
          <TickedText text={message} />
          {hint !== null && (
            <span className={styles['hint']}>
              {': '}
              <TickedText text={hint} />
            </span>
          )}
        </span>
        <span className={styles['actions']}>
          {!isReadOnly && fix !== undefined && (
            <Button
              size="small"
              variant="ghost"
              icon={<Wrench size={12} />}
              tabIndex={tabIndex}
              onClick={() => onFix(fix)}
            >
              {fix.title}
            </Button>
          )}
          {!isReadOnly && more.length > 0 && (
            <DropdownMenu
              align="end"
              trigger={
                <Button
                  size="small"
                  variant="ghost"
                  aria-label="More ways out"
                  tabIndex={tabIndex}
                  icon={<ChevronDown size={12} />}
                />
              }
              entries={more}
            />
          )}
          {why !== null && (
            <Button
              size="small"
              variant="ghost"
              tabIndex={tabIndex}
              aria-expanded={isExplained}
              icon={<ChevronRight size={12} className={styles['chevron']} data-open={isExplained} />}
              onClick={onExplain}
            >
              Why
            </Button>
          )}
        </span>
        {isExplained && why !== null && (
          <div className={styles['why']}>
            <p>
              <TickedText text={why} />
            </p>
            <p className={styles['ignore']}>
              <code>{code}</code>
              {!isReadOnly && onIgnore !== null && (
                <Button
                  size="small"
                  variant="ghost"
                  tabIndex={tabIndex}
                  title={`Writes “# pipewright-ignore: ${code}” above the stage`}
                  onClick={onIgnore}
                >
                  Ignore in this stage
                </Button>
              )}
            </p>
          </div>
        )}
      </div>
      <code className={styles['place']} title={placeOf(problem)}>
        {shortPlace(problem)}
      </code>
    </div>
  );
}

const placeOf = ({ stage, line, column }: Problem): string =>
  [stage === null ? null : `Stage ${stage}`, line === null ? null : `line ${line}, column ${column ?? 1}`]
    .filter((part) => part !== null)
    .join(', ');

function shortPlace({ otherFile, line, column }: Problem): string {
  const place = line === null ? null : `${line}:${column ?? 1}`;
  return [otherFile, place].filter((part) => part !== null).join(':');
}
