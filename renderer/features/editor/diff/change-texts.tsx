import { FileCode } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import type { Change } from './comparison.ts';
import { mountChange } from './mount-change.ts';
import styles from './changes-view.module.css';

export interface ChangeTextsProps {
  readonly change: Change;
  /** What the other text is. */
  readonly otherLabel: string;
  /** Null where the change cannot be shown in the text. */
  readonly onShowText: (() => void) | null;
}

/** What both texts say of the part of the file that has changed. */
export function ChangeTexts({ change, otherLabel, onShowText }: ChangeTextsProps) {
  const { before, after, title } = change;
  const parent = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (parent.current === null) return undefined;
    return mountChange(
      parent.current,
      { text: before ?? '', label: `${title}, ${otherLabel}` },
      { text: after ?? '', label: `${title}, here` },
    );
  }, [before, after, title, otherLabel]);
  return (
    <section className={styles['texts']} aria-label={`Both texts of ${title}`}>
      <header className={styles['labels']}>
        <span>{before === null ? `${otherLabel}: not there` : otherLabel}</span>
        <span className={styles['here']}>
          {after === null ? 'Here: not there' : 'Here'}
          {onShowText !== null && (
            <Button size="small" variant="ghost" icon={<FileCode size={12} />} onClick={onShowText}>
              Show in the text
            </Button>
          )}
        </span>
      </header>
      <div ref={parent} className={styles['merge']} />
    </section>
  );
}
