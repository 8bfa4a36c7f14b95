import { useId, useState, type SubmitEvent } from 'react';
import { toFailure, type Failure } from '#renderer/bridge/app-failure.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Callout } from '#renderer/ui/callout.tsx';
import { Checkbox } from '#renderer/ui/checkbox.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Select } from '#renderer/ui/select.tsx';
import type { Project } from '#shared/api/schemas.ts';
import { type SettingRule, STATUS_CHANGES } from '#shared/api/setting-schemas.ts';
import { errorAt, type FieldErrors } from '../field-errors.ts';
import { readRuleDraft, type RuleDraft, ruleDraft } from './rule-draft.ts';
import { RuleEmail, RuleWebhook } from './rule-channels.tsx';
import { CHANGE_VERBS } from './rule-words.ts';
import styles from './notifications.module.css';

const EVERY = 'every';

export interface RuleFormProps {
  /** What the fields begin with; null: a new rule. */
  readonly rule: SettingRule | null;
  readonly title: string;
  readonly projects: readonly Project[];
  /** Throws what the call threw. */
  readonly onSave: (rule: SettingRule) => Promise<void>;
  readonly onClose: () => void;
}

/** Adds a rule or changes one: when, of whose runs, and in which ways people are told. */
export function RuleForm({ rule, title, projects, onSave, onClose }: RuleFormProps) {
  const id = useId();
  const [draft, setDraft] = useState(() => ruleDraft(rule));
  const [isTried, setIsTried] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const change = (patch: Partial<RuleDraft>): void => setDraft((current) => ({ ...current, ...patch }));
  const read = readRuleDraft(draft);
  const errors: FieldErrors = isTried && !read.ok ? read.errors : {};

  const save = async (): Promise<void> => {
    setIsTried(true);
    if (!read.ok || isBusy) return;
    setIsBusy(true);
    try {
      await onSave(read.value);
      onClose();
    } catch (error) {
      setFailure(toFailure(error));
      setIsBusy(false);
    }
  };
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void save();
  };

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      width={560}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={id} variant="primary" busy={isBusy}>
            Save
          </Button>
        </>
      }
    >
      <form id={id} className={styles['form']} onSubmit={onSubmit} noValidate>
        {failure !== null && (
          <Callout kind="error" title={failure.message}>
            {failure.hint}
          </Callout>
        )}
        <fieldset className={styles['set']}>
          <legend className={styles['legend']}>When a run</legend>
          <div className={styles['changes']}>
            {STATUS_CHANGES.map((each) => (
              <Checkbox
                key={each}
                label={CHANGE_VERBS[each]}
                checked={draft.when.includes(each)}
                onCheckedChange={(on) =>
                  change({ when: on ? [...draft.when, each] : draft.when.filter((other) => other !== each) })
                }
              />
            ))}
          </div>
          <Wrong words={errorAt(errors, 'when')} />
        </fieldset>
        <Select
          label="Of"
          value={draft.projectId ?? EVERY}
          onValueChange={(next) =>
            change({ projectId: projects.find((project) => project.id === next)?.id ?? null })
          }
          options={[
            { value: EVERY, label: 'Every project' },
            ...(draft.projectId !== null && !projects.some((project) => project.id === draft.projectId)
              ? [{ value: draft.projectId as string, label: 'A project off the list' }]
              : []),
            ...projects.map((project) => ({ value: project.id, label: project.name })),
          ]}
        />
        <fieldset className={styles['set']}>
          <legend className={styles['legend']}>Tell through</legend>
          <div className={styles['channels']}>
            <Checkbox
              label="A notification of the desktop"
              hint="While Pipewright is open. With a rule for the desktop, it tells only what such rules say."
              checked={draft.desktop}
              onCheckedChange={(desktop) => change({ desktop })}
            />
            <RuleEmail draft={draft} errors={errors} change={change} />
            <RuleWebhook draft={draft} errors={errors} change={change} />
          </div>
          <Wrong words={errors['']} />
        </fieldset>
      </form>
    </Dialog>
  );
}

function Wrong({ words }: { readonly words: string | undefined }) {
  if (words === undefined) return null;
  return (
    <p className={styles['wrong']} role="alert">
      {words}
    </p>
  );
}
