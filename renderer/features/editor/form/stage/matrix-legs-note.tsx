import { useMemo } from 'react';
import { previewLegs } from './matrix-legs.ts';
import styles from '../form.module.css';

const MAX_NAMED = 12;

/** How many legs a matrix has, and which. */
export function MatrixLegsNote({ matrix }: { readonly matrix: unknown }) {
  const preview = useMemo(() => previewLegs(matrix), [matrix]);
  switch (preview.type) {
    case 'later':
      return <p className={styles['preview']}>How many there are is known in the run.</p>;
    case 'fault':
      return (
        <p className={styles['preview']} data-fault>
          The matrix {preview.clause}.
        </p>
      );
    case 'legs': {
      const { names } = preview;
      const more = names.length - MAX_NAMED;
      return (
        <div className={styles['legs']}>
          <span className={styles['preview']}>{names.length === 1 ? '1 leg' : `${names.length} legs`}</span>
          {names.slice(0, MAX_NAMED).map((name, index) => (
            <span key={index} className={styles['leg']}>
              {name}
            </span>
          ))}
          {more > 0 && <span className={styles['preview']}>and {more} more</span>}
        </div>
      );
    }
  }
}
