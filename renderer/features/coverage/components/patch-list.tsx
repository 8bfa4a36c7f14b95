import type { CoverageView } from '#shared/api/report-schemas.ts';
import { RatioBar } from './ratio-bar.tsx';
import styles from './coverage.module.css';

interface PatchListProps {
  readonly patch: NonNullable<CoverageView['patch']>;
  readonly chosen: string | null;
  readonly onChoose: (path: string) => void;
}

/** The files with changed lines: what a review asks for first. */
export function PatchList({ patch, chosen, onChoose }: PatchListProps) {
  return (
    <section className={styles['patch']} aria-label="Changed lines">
      <header className={styles['patchHead']}>
        <h3>Changed lines</h3>
        <span className={styles['of']}>
          {patch.lines.covered} of {patch.lines.total} covered, since <code>{patch.base.slice(0, 7)}</code>
        </span>
      </header>
      <ul className={styles['patchFiles']}>
        {patch.files.map(({ path, lines }) => (
          <li key={path}>
            <button
              type="button"
              className={styles['patchFile']}
              aria-current={path === chosen}
              onClick={() => onChoose(path)}
            >
              <span className={styles['words']} title={path}>
                {path}
              </span>
              <RatioBar ratio={lines} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
