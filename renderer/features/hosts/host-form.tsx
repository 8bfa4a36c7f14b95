import { useState } from 'react';
import { toFailure } from '#renderer/bridge/app-failure.ts';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import type { SshHostInfo } from '#shared/api/host-schemas.ts';
import { hostProblem } from '#shared/pipeline/place-values.ts';
import { labelsProblem, readLabels } from './read-labels.ts';
import { HOSTS } from './use-hosts.ts';
import styles from './hosts.module.css';

export interface HostFormProps {
  /** Null: a new one. */
  readonly host: SshHostInfo | null;
  readonly onClose: () => void;
  readonly onSaved: (name: string) => void;
}

/** Registers a host, or changes the labels and slots of one. */
export function HostForm(props: HostFormProps) {
  const { host, onClose } = props;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={host === null ? 'Add a host' : `Change ${host.name}`}
      description={
        host === null
          ? 'Stages reach it with your own ssh: its address, user and key are those of your SSH configuration.'
          : 'Stages that run there now go on.'
      }
    >
      <Form {...props} />
    </Dialog>
  );
}

const MAX_SLOTS = 1_000;

function Form({ host, onClose, onSaved }: HostFormProps) {
  const { client, cache } = useBridge();
  const [name, setName] = useState(host?.name ?? '');
  const [labels, setLabels] = useState(host?.labels.join(', ') ?? '');
  const [slots, setSlots] = useState(String(host?.slots ?? 1));
  const [isBusy, setIsBusy] = useState(false);
  const [errors, setErrors] = useState<Readonly<Record<string, string | undefined>>>({});
  const save = async (): Promise<void> => {
    const count = Number(slots);
    const isCount = Number.isInteger(count) && count >= 1 && count <= MAX_SLOTS;
    const wrong = { name: nameProblem(name.trim()), labels: labelsProblem(readLabels(labels)) ?? undefined };
    const found = { ...wrong, slots: isCount ? undefined : `A whole number from 1 to ${MAX_SLOTS}.` };
    setErrors(found);
    if (Object.values(found).some((problem) => problem !== undefined)) return;
    setIsBusy(true);
    try {
      await client.host.save({ name: name.trim(), labels: [...readLabels(labels)], slots: count });
      cache.invalidate([HOSTS]);
      onSaved(name.trim());
    } catch (failed) {
      const { message, hint } = toFailure(failed);
      setErrors({ name: hint === null ? message : `${message} ${hint}` });
      setIsBusy(false);
    }
  };
  return (
    <form
      className={styles['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void save();
      }}
    >
      {host === null && (
        <>
          <TextField
            label="Host"
            mono
            hint="As you write it after ssh: a name of ~/.ssh/config, a host name or user@host."
            error={errors['name']}
            value={name}
            onValueChange={setName}
            placeholder="build-1"
          />
          <Suggestions onChoose={setName} />
        </>
      )}
      <TextField
        label="Labels"
        optional
        hint="What it offers, for stages that run on any host with these labels."
        error={errors['labels']}
        value={labels}
        onValueChange={setLabels}
        placeholder="linux, gpu"
      />
      <TextField
        label="Slots"
        type="number"
        min={1}
        max={MAX_SLOTS}
        hint="How many stages may run there at once."
        error={errors['slots']}
        value={slots}
        onValueChange={setSlots}
      />
      <div className={styles['buttons']}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={isBusy}>
          {host === null ? 'Add and test' : 'Save'}
        </Button>
      </div>
    </form>
  );
}

function nameProblem(name: string): string | undefined {
  if (name === '') return 'Name the host.';
  const problem = hostProblem(name);
  return problem === null ? undefined : `It ${problem}.`;
}

/** More of them are a list that nobody reads. */
const SHOWN = 12;

/** Names of the SSH configuration that are not registered, one click each. */
function Suggestions({ onChoose }: { readonly onChoose: (name: string) => void }) {
  const { client } = useBridge();
  const names = useRemote([HOSTS, 'suggestions'], (signal) => client.host.suggestions(undefined, { signal }));
  if (names.status !== 'ready' || names.value.length === 0) return null;
  return (
    <div className={styles['suggestions']} role="group" aria-label="From your SSH configuration">
      <span className={styles['muted']}>From your SSH configuration:</span>
      {names.value.slice(0, SHOWN).map((name) => (
        <Button key={name} size="small" onClick={() => onChoose(name)}>
          {name}
        </Button>
      ))}
    </div>
  );
}
