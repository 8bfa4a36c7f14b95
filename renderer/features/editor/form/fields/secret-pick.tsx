import type { ControlIds } from '../field-row.tsx';
import type { Draft } from '../use-draft.ts';
import { useSecretNames } from '../use-project.ts';
import { ExpressionInput } from './expression-input.tsx';

export interface SecretPickProps {
  readonly control: ControlIds;
  readonly draft: Draft;
  readonly isReadOnly: boolean;
}

/** The name of a secret: one of those that are kept, or one that is still to be set. */
export function SecretPick({ control, draft, isReadOnly }: SecretPickProps) {
  const names = useSecretNames() ?? [];
  const options = Object.fromEntries(names.map((name) => [name, { detail: 'kept' }]));
  return (
    <ExpressionInput
      control={control}
      text={draft.text}
      onChange={draft.change}
      onSettle={draft.settle}
      onTakeBack={draft.takeBack}
      isReadOnly={isReadOnly}
      isBare
      placeholder="Name of a secret"
      surroundings={() => ({ names: options, functions: [] })}
    />
  );
}
