import { Delta } from '#renderer/ui/delta.tsx';
import { Figure, Figures } from '#renderer/ui/figures.tsx';
import { TextLink } from '#renderer/ui/navigation/text-link.tsx';
import { percentWords, pointsWords } from '#renderer/ui/percent.ts';
import type { CoverageView } from '#shared/api/report-schemas.ts';
import type { CoverageRatio } from '#shared/reports/coverage.ts';
import { coverageTone } from './ratio-bar.tsx';
import styles from './coverage.module.css';

interface RatioProps {
  readonly label: string;
  readonly ratio: CoverageRatio;
  readonly before?: CoverageRatio | null;
}

function Ratio({ label, ratio, before = null }: RatioProps) {
  const points = pointsWords(before?.pct ?? null, ratio.pct);
  const way = points?.startsWith('+') ? 'better' : points?.startsWith('−') ? 'worse' : 'neither';
  return (
    <Figure label={label} value={percentWords(ratio.pct)} tone={coverageTone(ratio.pct)}>
      {points !== null && <Delta words={points} way={way} />}
      <span className={styles['of']}>
        {ratio.covered.toLocaleString('en')} of {ratio.total.toLocaleString('en')}
      </span>
    </Figure>
  );
}

/** How much of all is covered, and how that differs from the run before. */
export function CoverageFigures({ view }: { readonly view: CoverageView }) {
  const { lines, branches, functions, before, patch } = view;
  return (
    <Figures aside={<Compared before={before} />}>
      <Ratio label="Lines" ratio={lines} before={before?.lines ?? null} />
      {branches.total > 0 && <Ratio label="Branches" ratio={branches} before={before?.branches ?? null} />}
      {functions.total > 0 && <Ratio label="Functions" ratio={functions} />}
      {patch !== null && <Ratio label="Changed lines" ratio={patch.lines} />}
    </Figures>
  );
}

function Compared({ before }: { readonly before: CoverageView['before'] }) {
  if (before === null) return 'No earlier run to compare with';
  const { runId, number } = before.run;
  return (
    <>
      compared with{' '}
      <TextLink inline to={{ screen: 'run', runId, tab: 'coverage' }}>
        #{number}
      </TextLink>
    </>
  );
}
