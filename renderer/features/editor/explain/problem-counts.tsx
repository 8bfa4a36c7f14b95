import { useMemo } from 'react';
import { Badge } from '#renderer/ui/badge.tsx';
import { useDocument } from '../document/document-context.ts';
import type { DocumentState } from '../document/document-store.ts';
import { countProblems, PROBLEM_SEVERITIES } from './problems.ts';
import { countWords, SEVERITY_LOOKS } from './severity-icon.tsx';

const selectFound = ({ analysis, broken }: DocumentState) => ({ analysis, broken });

/** How many of each severity the list of problems has, whichever of them it shows. */
export function ProblemCounts() {
  const found = useDocument(selectFound);
  const counts = useMemo(() => countProblems(found), [found]);
  return PROBLEM_SEVERITIES.map((severity) => {
    const count = counts.get(severity) ?? 0;
    return (
      count > 0 && (
        <Badge key={severity} tone={SEVERITY_LOOKS[severity].tone}>
          {countWords(severity, count)}
        </Badge>
      )
    );
  });
}
