import { SearchField } from '#renderer/ui/search-field.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { Toolbar } from '#renderer/ui/page-header.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import { statusLabel } from '#renderer/ui/status.ts';
import { pipelineKey, STATUS_CHIPS, toggleChip, type PipelineRef, type RunFilter } from './run-filter.ts';
import styles from './history.module.css';

const ALL = 'all';

export interface FilterBarProps {
  readonly filter: RunFilter;
  readonly pipelines: readonly PipelineRef[];
  readonly onChange: (filter: RunFilter) => void;
}

/** Search, statuses, and which pipeline. */
export function FilterBar({ filter, pipelines, onChange }: FilterBarProps) {
  return (
    <Toolbar label="Filter">
      <div className={styles['search']}>
        <SearchField
          label="Name, #number, branch or commit"
          shortcut="/"
          value={filter.text}
          onValueChange={(text) => onChange({ ...filter, text })}
        />
      </div>
      <div className={styles['chips']} role="group" aria-label="Status">
        {STATUS_CHIPS.map((chip) => (
          <button
            key={chip}
            type="button"
            className={styles['chip']}
            aria-pressed={filter.chips.includes(chip)}
            onClick={() => onChange({ ...filter, chips: toggleChip(filter.chips, chip) })}
          >
            <StatusIcon status={chip} size={12} decorative />
            {statusLabel(chip)}
          </button>
        ))}
      </div>
      {pipelines.length > 1 && (
        <div className={styles['pipeline']}>
          <Select
            label="Pipeline"
            hideLabel
            options={[
              { value: ALL, label: 'All pipelines' },
              ...pipelines.map((pipeline) => ({ value: pipelineKey(pipeline), label: pipeline.name })),
            ]}
            value={filter.pipeline === null ? ALL : pipelineKey(filter.pipeline)}
            onValueChange={(key) =>
              onChange({
                ...filter,
                pipeline: pipelines.find((pipeline) => pipelineKey(pipeline) === key) ?? null,
              })
            }
          />
        </div>
      )}
    </Toolbar>
  );
}
