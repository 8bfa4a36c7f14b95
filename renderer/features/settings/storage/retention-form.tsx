import { Checkbox } from '#renderer/ui/checkbox.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import { FormCard } from '../form-card.tsx';
import type { SectionForm } from '../use-section-form.ts';
import type { RetentionDraft } from './retention-draft.ts';
import styles from '../settings.module.css';

interface AmountProps {
  readonly form: SectionForm<RetentionDraft>;
  readonly field: Exclude<keyof RetentionDraft, 'auto'>;
  /** Of the error. */
  readonly path: string;
  readonly label: string;
  readonly unit: string;
  readonly hint: string;
}

function Amount({ form, field, path, label, unit, hint }: AmountProps) {
  return (
    <TextField
      label={label}
      inputMode="decimal"
      placeholder="no limit"
      value={form.draft[field]}
      onValueChange={(text) => form.change({ [field]: text })}
      error={form.errors[path]}
      hint={hint}
      trailing={<span className={styles['unit']}>{unit}</span>}
    />
  );
}

/** How much is kept: runs by age, count and size, workspaces by age, caches by size. */
export function RetentionForm({ form }: { readonly form: SectionForm<RetentionDraft> }) {
  return (
    <FormCard form={form}>
      <div className={styles['thirds']}>
        <Amount
          form={form}
          field="days"
          path="retention.maxAgeMs"
          label="Runs, by age"
          unit="days"
          hint="Older ones go."
        />
        <Amount
          form={form}
          field="runs"
          path="retention.maxRuns"
          label="Runs, by count"
          unit="runs"
          hint="Of each pipeline."
        />
        <Amount
          form={form}
          field="gigabytes"
          path="retention.maxBytes"
          label="Runs, by size"
          unit="GB"
          hint="Of all; the oldest go first."
        />
        <Amount
          form={form}
          field="workspaceDays"
          path="retention.maxWorkspaceAgeMs"
          label="Workspaces"
          unit="days"
          hint="Since their run ended; the run stays."
        />
        <Amount
          form={form}
          field="cacheGigabytes"
          path="cacheMaxBytes"
          label="Caches"
          unit="GB"
          hint="The least used go first."
        />
      </div>
      <Checkbox
        label="Clean up by itself, once a day"
        hint="While nothing runs. Pinned, deployed, active and interrupted runs always stay."
        checked={form.draft.auto}
        onCheckedChange={(auto) => form.change({ auto })}
      />
    </FormCard>
  );
}
