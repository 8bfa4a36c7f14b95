import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo, type KeyboardEvent } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { MeasuredList } from '#renderer/ui/measured-list.tsx';
import { useDocument, usePipelineDocument } from '../document/document-context.ts';
import type { DocumentState } from '../document/document-store.ts';
import { goToText } from '../go-to-text.ts';
import { applyFix, ignoreProblem } from './apply-fix.ts';
import { ignoreEdit } from './ignore-problem.ts';
import { ProblemFilters } from './problem-filters.tsx';
import { ProblemRow } from './problem-row.tsx';
import { countSeverities, filterProblems, fixesByKind, problemsOf, type Problem } from './problems.ts';
import { setProblemsOpen, showAllProblems, toggleExplained, useProblemsView } from './problems-store.ts';
import { selectProblem } from './select-problem.ts';
import { useProblemCommands } from './use-problem-commands.tsx';
import styles from './problems-panel.module.css';

const ROW_HEIGHT = 33;

const selectFound = ({ analysis, broken, file, isReadOnly }: DocumentState) => ({
  analysis,
  broken,
  file,
  isReadOnly,
});
const keyOf = ({ key }: Problem): string => key;

export interface ProblemsPanelProps {
  /** Brings an offset of the text into view, also where no text is shown; default: into the text if it is there. */
  readonly onShowText?: (offset: number) => void;
}

/** What is wrong with the text, or could be better, with reasons and ways out; nothing while there is nothing. */
export function ProblemsPanel({ onShowText }: ProblemsPanelProps) {
  const document = usePipelineDocument();
  const { analysis, broken, file, isReadOnly } = useDocument(selectFound);
  const { isOpen, hidden, search, cursor, explained } = useProblemsView();
  const problems = useMemo(() => problemsOf({ analysis, broken, file }), [analysis, broken, file]);
  const shown = useMemo(() => filterProblems(problems, { hidden, search }), [problems, hidden, search]);
  const kinds = useMemo(() => fixesByKind(shown), [shown]);
  const counts = countSeverities(problems);
  const isShown = isOpen ?? ((counts.get('error') ?? 0) > 0 || (counts.get('warning') ?? 0) > 0);

  const select = (problem: Problem): void => selectProblem(document, problem, shown.indexOf(problem));
  const open = (problem: Problem): void => {
    select(problem);
    if (problem.otherFile !== null) return;
    if (onShowText === undefined) goToText(document, problem.start);
    else onShowText(problem.start);
  };
  const fixFirst = (event: KeyboardEvent, { fixes: [fix] }: Problem): boolean => {
    if (event.key !== '.' || !(event.ctrlKey || event.metaKey) || fix === undefined || isReadOnly)
      return false;
    void applyFix(document, fix.operations, fix.title);
    return true;
  };
  useProblemCommands(document);

  if (problems.length === 0) return null;
  return (
    <section className={styles['panel']} aria-label="Issues">
      <header className={styles['header']}>
        <h2 className={styles['title']}>
          <button
            type="button"
            className={styles['fold']}
            aria-expanded={isShown}
            onClick={() => setProblemsOpen(!isShown)}
          >
            {isShown ? <ChevronDown size={14} /> : <ChevronRight size={14} />}
            Issues
          </button>
        </h2>
        <ProblemFilters counts={counts} />
      </header>
      {isShown && shown.length === 0 && (
        <p className={styles['nothing']}>
          The filter hides all {problems.length}.
          <Button size="small" onClick={showAllProblems}>
            Show all
          </Button>
        </p>
      )}
      {isShown && shown.length > 0 && (
        <MeasuredList
          label="Issues"
          rows={shown}
          rowKey={keyOf}
          currentKey={cursor?.key ?? null}
          estimate={ROW_HEIGHT}
          onSelect={select}
          onOpen={open}
          onKey={fixFirst}
        >
          {(problem, isCurrent) => {
            const kind = problem.fixes.length > 0 ? (kinds.get(problem.code) ?? null) : null;
            const isExplained = explained.has(problem.key);
            const canIgnore = isExplained && ignoreEdit(document.getState(), problem) !== null;
            return (
              <ProblemRow
                problem={problem}
                isCurrent={isCurrent}
                isExplained={isExplained}
                isReadOnly={isReadOnly}
                countOfKind={kind?.count ?? null}
                onFix={({ operations, title }) => void applyFix(document, operations, title)}
                onFixKind={() => kind !== null && void applyFix(document, kind.operations, kind.title)}
                onExplain={() => toggleExplained(problem.key)}
                onIgnore={canIgnore ? () => ignoreProblem(document, problem) : null}
              />
            );
          }}
        </MeasuredList>
      )}
    </section>
  );
}
