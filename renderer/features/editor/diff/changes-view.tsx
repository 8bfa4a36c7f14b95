import { FileWarning, GitCompare } from 'lucide-react';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { ChangesBody } from './changes-body.tsx';
import { useComparison } from './use-comparison.ts';
import { useOtherText, type ComparedWith } from '../compare/use-other-text.ts';

export interface ChangesViewProps {
  readonly against: ComparedWith;
  /** Brings an offset of the document's text into view. */
  readonly onShowText: (offset: number) => void;
}

/** What differs in meaning between the document and another text: as a graph, as a list, and as both texts of each change. */
export function ChangesView({ against, onShowText }: ChangesViewProps) {
  const other = useOtherText(against);
  const comparison = useComparison(other?.type === 'text' ? other.text : null);
  if (other?.type === 'none') {
    return (
      <EmptyState icon={<GitCompare size={20} />} title={other.title}>
        {other.words}
      </EmptyState>
    );
  }
  if (other === null || comparison === null) return <SkeletonRows />;
  const { answer, before, after } = comparison;
  if (!answer.ok) {
    return (
      <EmptyState icon={<FileWarning size={20} />} title="The texts cannot be compared by meaning">
        {answer.side === 'before' ? other.label : 'The text here'}: {answer.message}. Mend it, or compare the
        texts line by line.
      </EmptyState>
    );
  }
  if (answer.comparison.changes.length === 0) {
    return (
      <EmptyState icon={<GitCompare size={20} />} title="Nothing differs in meaning">
        {before === after
          ? 'Both texts are the same. What you change here is listed at once.'
          : 'Only comments, order or layout differ; comparing line by line shows them.'}
      </EmptyState>
    );
  }
  return <ChangesBody comparison={answer.comparison} otherLabel={other.label} onShowText={onShowText} />;
}
