import { useState } from 'react';
import { toFailure } from '#renderer/bridge/app-failure.ts';
import { useBridge } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Checkbox } from '#renderer/ui/checkbox.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Select } from '#renderer/ui/select.tsx';
import { TextArea, TextField } from '#renderer/ui/text-field.tsx';
import type { Project, SecretInfo } from '#shared/api/schemas.ts';
import { scopeWords } from './scope-words.ts';
import styles from './secrets.module.css';

interface SecretFormProps {
  /** The secret whose value is replaced; null: a new one. */
  readonly secret: SecretInfo | null;
  readonly projects: readonly Project[];
  readonly onClose: () => void;
}

const EVERYWHERE = 'everywhere';

/** Adds a secret or replaces the value of one. What was stored is never shown. */
export function SecretForm(props: SecretFormProps) {
  const { secret, projects } = props;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
      title={secret === null ? 'Add a secret' : `Replace ${secret.name}`}
      description={
        secret === null
          ? 'Encrypted on this machine. Only stages that name it see it, and logs show *** in its place.'
          : `For ${scopeWords(secret.scope, projects)}. Runs that have begun keep the value that they have.`
      }
    >
      <Form {...props} />
    </Dialog>
  );
}

function Form({ secret, projects, onClose }: SecretFormProps) {
  const { client, cache } = useBridge();
  const [name, setName] = useState(secret?.name ?? '');
  const [value, setValue] = useState('');
  const [project, setProject] = useState<string>(EVERYWHERE);
  const [environment, setEnvironment] = useState('');
  const [isLong, setIsLong] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<string | undefined>();
  const scope = (): SecretInfo['scope'] => {
    if (secret !== null) return secret.scope;
    const chosen = projects.find(({ id }) => id === project);
    if (chosen === undefined) return { type: 'global' };
    return environment.trim() === ''
      ? { type: 'project', projectId: chosen.id }
      : { type: 'environment', projectId: chosen.id, environment: environment.trim() };
  };
  const save = async (): Promise<void> => {
    setIsBusy(true);
    try {
      await client.secret.set({ name: name.trim(), scope: scope(), value });
      cache.invalidate(['secrets']);
      onClose();
    } catch (failed) {
      const { message, hint } = toFailure(failed);
      setError(hint === null ? message : `${message} ${hint}`);
      setIsBusy(false);
    }
  };
  const valueField = { label: 'Value', error, value, onValueChange: setValue, mono: true } as const;
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void save();
      }}
    >
      {secret === null && (
        <>
          <TextField
            label="Name"
            mono
            value={name}
            onValueChange={setName}
            placeholder="NPM_TOKEN"
            required
          />
          <Select
            label="Seen by"
            value={project}
            onValueChange={setProject}
            options={[
              { value: EVERYWHERE, label: 'Every project' },
              ...projects.map((each) => ({ value: each.id, label: each.name })),
            ]}
          />
          {project !== EVERYWHERE && (
            <TextField
              label="Environment"
              optional
              hint="Only for stages with this environment."
              value={environment}
              onValueChange={setEnvironment}
            />
          )}
        </>
      )}
      {isLong ? (
        <TextArea {...valueField} rows={6} required />
      ) : (
        <TextField {...valueField} type="password" autoComplete="new-password" required />
      )}
      <Checkbox
        label="Several lines"
        hint="For a key or a certificate; the text can be seen while you enter it."
        checked={isLong}
        onCheckedChange={setIsLong}
      />
      <div className={styles['buttons']}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={isBusy}>
          {secret === null ? 'Add' : 'Replace'}
        </Button>
      </div>
    </form>
  );
}
