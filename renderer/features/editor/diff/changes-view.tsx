import { FileWarning, GitCompare } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Toolbar } from '#renderer/ui/page-header.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { ChangesBody } from './changes-body.tsx';
import { countWords } from './change-words.ts';
import { useComparison, type ComparisonOfDocument } from './use-comparison.ts';
import { useComparedOptions, useOtherText, type ComparedWith, type OtherSide } from './use-other-text.ts';
import styles from './changes-view.module.css';

export interface ChangesViewProps {
  /** What the document is compared with at first; default: the text as it was saved. */
  readonly against?: ComparedWith;
  /** Brings an offset of the document's text into view; without it nothing offers that. */
  readonly onShowText?: (offset: number) => void;
}

/** What differs in meaning between the document and another text: as a graph, as a list, and as both texts of each change. */
export function ChangesView({ against = 'saved', onShowText }: ChangesViewProps) {
  const [compared, setCompared] = useState(against);
  const options = useComparedOptions();
  const other = useOtherText(compared);
  const comparison = useComparison(other?.type === 'text' ? other.text : null);
  const found = comparison?.answer.ok === true ? comparison.answer.comparison : null;
  return (
    <div className={styles['view']}>
      <Toolbar label="Changes">
        <div className={styles['picker']}>
          <Select
            label="Compare with"
            hideLabel
            size="small"
            options={options}
            value={compared}
            onValueChange={setCompared}
          />
        </div>
        <span className={styles['count']} role="status">
          {found === null ? '' : countWords(found.changes)}
        </span>
      </Toolbar>
      <Compared other={other} comparison={comparison} onShowText={onShowText} />
    </div>
  );
}

function Compared({
  other,
  comparison,
  onShowText,
}: {
  readonly other: OtherSide | null;
  readonly comparison: ComparisonOfDocument | null;
  readonly onShowText: ChangesViewProps['onShowText'];
}) {
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
