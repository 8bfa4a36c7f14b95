import { Rows3, Workflow, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { SegmentedControl } from '#renderer/ui/segmented-control.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { useShortcut } from '#renderer/ui/shortcuts/use-shortcut.ts';
import { ChangesView } from '../diff/changes-view.tsx';
import { DiffView } from '../text/diff-view.tsx';
import { useComparedOptions, type ComparedWith } from './use-other-text.ts';
import styles from './compare-body.module.css';

const WAYS = [
  { value: 'stages', label: 'By stage', icon: <Workflow size={12} /> },
  { value: 'lines', label: 'By line', icon: <Rows3 size={12} /> },
] as const;
/** What differs in meaning, or every line that differs. */
export type WayOfComparing = (typeof WAYS)[number]['value'];

export interface CompareBodyProps {
  readonly against: ComparedWith;
  /** How the differences are shown at first. */
  readonly way: WayOfComparing;
  /** Null ends comparing. */
  readonly onChange: (against: ComparedWith | null) => void;
  /** Brings an offset of the text into view. */
  readonly onShowText: (offset: number) => void;
}

/** The document against another state of its file, or against another file of the project. */
export function CompareBody({ against, way: firstWay, onChange, onShowText }: CompareBodyProps) {
  const [way, setWay] = useState(firstWay);
  const options = useComparedOptions();
  const end = () => onChange(null);
  useShortcut('escape', end);
  return (
    <section className={styles['compare']} aria-label="Compare">
      <div className={styles['choice']}>
        <span className={styles['others']}>
          <Select
            label="Compare with"
            hideLabel
            options={options}
            value={against}
            onValueChange={(next) => onChange(next)}
          />
        </span>
        <SegmentedControl label="Differences" options={WAYS} value={way} onValueChange={setWay} />
        <span className={styles['space']} />
        <Button variant="ghost" icon={<X size={14} />} onClick={end}>
          End comparing
        </Button>
      </div>
      {way === 'stages' ? (
        <ChangesView against={against} onShowText={onShowText} />
      ) : (
        <DiffView against={against} />
      )}
    </section>
  );
}
