import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { Select } from '#renderer/ui/select.tsx';
import styles from './settings.module.css';

/** No name of a secret. */
const NONE = '-';

export interface SecretSelectProps {
  readonly label: string;
  /** Empty: none. */
  readonly value: string;
  readonly onValueChange: (name: string) => void;
  readonly error?: string | undefined;
  readonly optional?: boolean;
  readonly hideLabel?: boolean;
}

/** One of the secrets that every project sees, by name; its value stays where it is. */
export function SecretSelect({ value, onValueChange, optional = false, ...field }: SecretSelectProps) {
  const { client } = useBridge();
  const secrets = useRemote(['secrets', 'global'], (signal) => client.secret.list({}, { signal }));
  const names = secrets.status === 'ready' ? secrets.value.map(({ name }) => name) : [];
  const isMissing = secrets.status === 'ready' && value !== '' && !names.includes(value);
  return (
    <Select
      {...field}
      optional={optional}
      error={field.error ?? (isMissing ? `There is no secret ${value} that every project sees.` : undefined)}
      hint={
        field.hideLabel === true ? undefined : (
          <>
            Kept among the{' '}
            <RouteLink className={styles['link']} to={{ screen: 'secrets' }}>
              secrets
            </RouteLink>
            , for every project.
          </>
        )
      }
      placeholder="Choose a secret"
      value={value === '' ? (optional ? NONE : undefined) : value}
      onValueChange={(next) => onValueChange(next === NONE ? '' : next)}
      options={[
        ...(optional ? [{ value: NONE, label: 'None' }] : []),
        ...(value !== '' && !names.includes(value) ? [value] : []).concat(names).map((name) => ({
          value: name,
          label: name,
        })),
        ...(optional || names.length > 0 || value !== ''
          ? []
          : [{ value: NONE, label: 'There are no secrets yet', disabled: true }]),
      ]}
    />
  );
}
