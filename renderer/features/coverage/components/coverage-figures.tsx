import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { percentWords, pointsWords } from '#renderer/ui/percent.ts';
import { toneColour } from '#renderer/ui/tone.ts';
import type { CoverageView } from '#shared/api/report-schemas.ts';
import type { CoverageRatio } from '#shared/reports/coverage.ts';
import { coverageTone } from './ratio-bar.tsx';
import styles from './coverage.module.css';

function Figure({
  label,
  ratio,
  before = null,
}: {
  readonly label: string;
  readonly ratio: CoverageRatio;
  readonly before?: CoverageRatio | null;
}) {
  const points = pointsWords(before?.pct ?? null, ratio.pct);
  return (
    <div className={styles['total']}>
      <dt>{label}</dt>
      <dd>
        <strong style={{ color: toneColour(coverageTone(ratio.pct)) }}>{percentWords(ratio.pct)}</strong>
        {points !== null && (
          <span
            className={styles['points']}
            data-way={points.startsWith('+') ? 'up' : points.startsWith('−') ? 'down' : undefined}
          >
            {points}
          </span>
        )}
        <span className={styles['of']}>
          {ratio.covered.toLocaleString('en')} of {ratio.total.toLocaleString('en')}
        </span>
      </dd>
    </div>
  );
}

/** How much of all is covered, and how that differs from the run before. */
export function CoverageFigures({ view }: { readonly view: CoverageView }) {
  const { lines, branches, functions, before, patch } = view;
  return (
    <div className={styles['totals']}>
      <dl className={styles['figures']}>
        <Figure label="Lines" ratio={lines} before={before?.lines ?? null} />
        {branches.total > 0 && <Figure label="Branches" ratio={branches} before={before?.branches ?? null} />}
        {functions.total > 0 && <Figure label="Functions" ratio={functions} />}
        {patch !== null && <Figure label="Changed lines" ratio={patch.lines} />}
      </dl>
      <span className={styles['compared']}>
        {before === null ? (
          'No earlier run to compare with'
        ) : (
          <>
            compared with{' '}
            <RouteLink
              className={styles['link']}
              to={{ screen: 'run', runId: before.run.runId, tab: 'coverage' }}
            >
              #{before.run.number}
            </RouteLink>
          </>
        )}
      </span>
    </div>
  );
}
