import { formatSize } from '#shared/lib/sizes.ts';
import { metricValue } from '#renderer/ui/metric-value.ts';
import { metricChange, metricTitle } from '#renderer/ui/metric-words.ts';
import { deltaWords, hasChanged, sizeWords } from '../change-words.ts';
import { ChangeTable } from './change-table.tsx';
import type { PartProps } from './stage-changes.tsx';
import styles from './compare.module.css';

/** Artifacts by name: their size, and whether their content is the same. */
export function ArtifactChanges({ comparison: { artifacts }, showsAll }: PartProps) {
  const shown = artifacts.filter(({ sha256 }) => showsAll || hasChanged(sha256));
  return (
    <ChangeTable
      title="Artifacts"
      what="Artifact"
      lines={shown.map(({ name, sizeBytes, sha256 }) => ({
        key: name,
        name,
        before: sizeBytes.before === null ? null : formatSize(sizeBytes.before),
        after: sizeBytes.after === null ? null : formatSize(sizeBytes.after),
        delta: deltaWords(sizeBytes, sizeWords) || (hasChanged(sha256) ? 'other content' : 'the same'),
      }))}
    />
  );
}

/** What stages measured. */
export function MetricChanges({ comparison: { metrics }, showsAll }: PartProps) {
  const shown = metrics.filter(({ value }) => showsAll || hasChanged(value));
  return (
    <ChangeTable
      title="Figures"
      what="Figure"
      lines={shown.map(({ name, stage, unit, better, value: { before, after } }) => {
        const change =
          before === null || after === null ? null : metricChange(before, after, { unit, better });
        return {
          key: `${stage} ${name}`,
          name: (
            <span>
              {metricTitle(name)} <span className={styles['muted']}>{stage}</span>
            </span>
          ),
          before: before === null ? null : metricValue(before, unit),
          after: after === null ? null : metricValue(after, unit),
          delta: change?.words ?? '',
          way: change?.way ?? 'neither',
        };
      })}
    />
  );
}

/** Variables, inputs, places and the state of the sources. */
export function EnvironmentChanges({ comparison: { environment } }: PartProps) {
  return (
    <ChangeTable
      title="Surroundings"
      what="Name"
      lines={environment.map(({ name, value }) => ({
        key: name,
        name,
        before: value.before === null ? null : <code>{value.before}</code>,
        after: value.after === null ? null : <code>{value.after}</code>,
      }))}
    />
  );
}
