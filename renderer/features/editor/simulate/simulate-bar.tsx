import { FileDiff, GitBranch, SlidersHorizontal, Tag, X } from 'lucide-react';
import { Button } from '#renderer/ui/button.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { Popover } from '#renderer/ui/popover.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { TextArea, TextField } from '#renderer/ui/text-field.tsx';
import type { PipelineInput } from '#shared/api/schemas.ts';
import { SIMULATED_EVENTS } from '#shared/api/simulation-schemas.ts';
import { InputField } from '../run/input-field.tsx';
import { checkValues } from '../run/input-values.ts';
import { changedPaths, EVENT_LABELS, type SituationDraft } from './situation.ts';
import styles from './simulate.module.css';

const EVENTS = SIMULATED_EVENTS.map((value) => ({ value, label: EVENT_LABELS[value] }));
const REFS = [
  { value: 'branch', label: 'on branch', icon: <GitBranch size={14} /> },
  { value: 'tag', label: 'on tag', icon: <Tag size={14} /> },
] as const;

export interface SimulateBarProps {
  readonly draft: SituationDraft;
  readonly onChange: (change: Partial<SituationDraft>) => void;
  readonly inputs: readonly PipelineInput[];
  /** The branch that holds while none is said. */
  readonly ownBranch: string | null;
  readonly onClose: () => void;
}

/** What is assumed: the event, where it happened, what changed, the inputs. */
export function SimulateBar({ draft, onChange, inputs, ownBranch, onClose }: SimulateBarProps) {
  return (
    <div className={styles['bar']} role="group" aria-label="Simulate">
      <div className={styles['event']}>
        <Select
          label="Event"
          hideLabel
          options={EVENTS}
          value={draft.event}
          onValueChange={(event) => onChange({ event })}
        />
      </div>
      <div className={styles['refType']}>
        <Select
          label="Branch or tag"
          hideLabel
          options={REFS}
          value={draft.refType}
          onValueChange={(refType) => onChange({ refType, ref: '' })}
        />
      </div>
      <div className={styles['ref']}>
        <TextField
          label={draft.refType === 'tag' ? 'Tag' : 'Branch'}
          hideLabel
          mono
          placeholder={draft.refType === 'tag' ? 'v1.2.0' : (ownBranch ?? 'no branch')}
          value={draft.ref}
          onValueChange={(ref) => onChange({ ref })}
        />
      </div>
      <ChangedFiles text={draft.changed} onChange={(changed) => onChange({ changed })} />
      {inputs.length > 0 && <Inputs draft={draft} inputs={inputs} onChange={onChange} />}
      <span className={styles['space']} />
      <IconButton label="End the simulation" shortcut="s" icon={<X size={14} />} onClick={onClose} />
    </div>
  );
}

function ChangedFiles({
  text,
  onChange,
}: {
  readonly text: string;
  readonly onChange: (text: string) => void;
}) {
  const count = changedPaths(text).length;
  const label = count === 0 ? 'Any files' : count === 1 ? '1 changed file' : `${count} changed files`;
  return (
    <Popover label="Changed files" trigger={<Button icon={<FileDiff size={14} />}>{label}</Button>}>
      <div className={styles['form']}>
        <TextArea
          label="Changed files"
          hint="Paths in the repository, one on a line. Empty: not known, so no filter of paths stands in the way."
          mono
          rows={6}
          placeholder="src/a.ts"
          value={text}
          onValueChange={onChange}
        />
      </div>
    </Popover>
  );
}

function Inputs({ draft, inputs, onChange }: Pick<SimulateBarProps, 'draft' | 'inputs' | 'onChange'>) {
  const errors = checkValues(inputs, draft.inputs);
  const missing = Object.keys(errors).length;
  return (
    <Popover
      label="Inputs"
      trigger={
        <Button icon={<SlidersHorizontal size={14} />} data-missing={missing > 0 || undefined}>
          {missing === 0 ? 'Inputs' : `Inputs: ${missing} to mend`}
        </Button>
      }
    >
      <div className={styles['form']}>
        {inputs.map((input) => (
          <InputField
            key={input.name}
            input={input}
            value={draft.inputs[input.name] ?? ''}
            error={errors[input.name]}
            onChange={(value) => onChange({ inputs: { ...draft.inputs, [input.name]: value } })}
          />
        ))}
      </div>
    </Popover>
  );
}
