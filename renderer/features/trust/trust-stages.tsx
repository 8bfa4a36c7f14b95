import type { TrustView } from '#shared/api/trust-schemas.ts';
import styles from './trust.module.css';

/** What each stage would execute, in order. */
export function TrustStages({ stages }: { readonly stages: TrustView['stages'] }) {
  return (
    <section aria-label="What it runs">
      <h3 className={styles['heading']}>
        What it runs <span className={styles['count']}>{stages.length}</span>
      </h3>
      {/* Reached with the keyboard, so that the dialog can be scrolled with it. */}
      <ol className={styles['stages']} tabIndex={0} data-selectable>
        {stages.map(({ id, commands }) => (
          <li key={id} className={styles['stage']}>
            <span className={styles['stageName']}>{id}</span>
            <div className={styles['commands']}>
              {commands.map(({ label, text }, index) => (
                <div key={index} className={styles['command']}>
                  {label !== 'run' && <span className={styles['commandLabel']}>{label}</span>}
                  <pre className={styles['script']}>{text}</pre>
                </div>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
