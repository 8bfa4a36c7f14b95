import { X } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { SegmentedControl } from '#renderer/ui/segmented-control.tsx';
import { useShortcut } from '#renderer/ui/shortcuts/use-shortcut.ts';
import { DiffView } from '../text/diff-view.tsx';
import type { Against } from '../text/diff/other-text.ts';
import styles from './compare-body.module.css';

const OTHERS = [
  { value: 'saved', label: 'As saved' },
  { value: 'head', label: 'Last commit' },
  { value: 'disk', label: 'On disk' },
] as const;

export interface CompareBodyProps {
  readonly against: Against;
  /** Null ends comparing. */
  readonly onChange: (against: Against | null) => void;
}

/** The text in view against another state of the file. */
export function CompareBody({ against, onChange }: CompareBodyProps) {
  const end = () => onChange(null);
  useShortcut('escape', end);
  return (
    <section className={styles['compare']} aria-label="Compare">
      <div className={styles['choice']}>
        <SegmentedControl label="Compare with" options={OTHERS} value={against} onValueChange={onChange} />
        <Button variant="ghost" icon={<X size={14} />} onClick={end}>
          End comparing
        </Button>
      </div>
      <DiffView against={against} />
    </section>
  );
}
