import { CircleAlert, CircleCheck } from 'lucide-react';
import { toneColour } from '#renderer/ui/tone.ts';
import styles from './settings.module.css';

export interface TestResultProps {
  /** Null: nothing was tried yet. */
  readonly result: { readonly sent: boolean; readonly words: string } | null;
}

/** What became of a test, in the place where it was asked for. */
export function TestResult({ result }: TestResultProps) {
  return (
    <span className={styles['result']} role="status" data-selectable>
      {result !== null && (
        <>
          <span
            className={styles['icon']}
            style={{ color: toneColour(result.sent ? 'succeeded' : 'failed') }}
          >
            {result.sent ? <CircleCheck size={14} /> : <CircleAlert size={14} />}
          </span>
          {result.words}
        </>
      )}
    </span>
  );
}
