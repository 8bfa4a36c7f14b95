import { FileCode, MoreHorizontal, SquareFunction, Undo2 } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { DropdownMenu } from '#renderer/ui/dropdown-menu.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import type { MenuEntry } from '#renderer/ui/menu-entry.ts';
import { FieldNotes } from './field-notes.tsx';
import type { FieldPlace } from './field-place.ts';
import { useFormData } from './form-data.ts';
import { HelpText } from './help-text.tsx';
import type { FieldSpec } from './schema/field-shape.ts';
import { useShowInText } from './use-show-in-text.ts';
import { type FieldState, useFieldEdits } from './use-field.ts';
import styles from './form.module.css';

/** What the control of a field carries. */
export interface ControlIds {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

export interface FieldRowProps {
  readonly spec: Pick<FieldSpec, 'title' | 'help' | 'isRequired'>;
  readonly places: readonly FieldPlace[];
  readonly state: FieldState;
  /** What is wrong with what is being typed, or why it was refused. */
  readonly problem?: string | null;
  /** Turns a value into an expression and back; left out where the field takes none. */
  readonly expression?: { readonly isOn: boolean; readonly onToggle: (isOn: boolean) => void } | undefined;
  /** The control stands beside its label (a switch). */
  readonly inline?: boolean;
  /** The place says what it is: the label is for screen readers, and what else can be done stands beside the place. */
  readonly bare?: boolean;
  /** The label names a group of controls rather than one. */
  readonly group?: boolean;
  /** Says more below the control. */
  readonly note?: ReactNode;
  readonly children: (control: ControlIds) => ReactNode;
}

/** A control with its label, what it is for, what is wrong with it, and what else can be done with its value. */
export function FieldRow(props: FieldRowProps) {
  const {
    spec,
    places,
    state,
    problem = null,
    expression,
    inline = false,
    group = false,
    bare = false,
  } = props;
  const { isReadOnly } = useFormData();
  const { set } = useFieldEdits();
  const showInText = useShowInText();
  const id = useId();
  const isInvalid = problem !== null || state.issues.some(({ severity }) => severity === 'error');
  const hasNotes = problem !== null || state.issues.length > 0;
  const control: ControlIds = {
    id,
    'aria-describedby':
      [spec.help !== '' && !bare && `${id}-help`, hasNotes && `${id}-notes`].filter(Boolean).join(' ') ||
      undefined,
    'aria-invalid': isInvalid || undefined,
  };
  const [first] = places;
  const entries: MenuEntry[] = [];
  if (expression !== undefined && !isReadOnly) {
    entries.push({
      label: expression.isOn ? 'Write a plain value' : 'Write an expression',
      icon: <SquareFunction size={14} />,
      onSelect: () => expression.onToggle(!expression.isOn),
    });
  }
  if (state.isSet && !isReadOnly && !state.isForeign) {
    entries.push({
      label: 'Revert to default',
      icon: <Undo2 size={14} />,
      onSelect: () => void set(places, undefined, spec.title),
    });
  }
  if (state.isSet && first !== undefined) {
    entries.push({
      label: 'Show in text',
      icon: <FileCode size={14} />,
      onSelect: () => showInText(places.map(({ path }) => path)),
    });
  }
  const Label = group ? 'span' : 'label';
  return (
    <div
      className={styles['row']}
      data-inline={inline || undefined}
      data-bare={bare || undefined}
      data-path={first === undefined ? undefined : JSON.stringify(first.path)}
      role={group ? 'group' : undefined}
      aria-labelledby={group ? `${id}-label` : undefined}
    >
      <div className={styles['labelLine']}>
        <Label
          id={`${id}-label`}
          {...(group ? {} : { htmlFor: id })}
          className={styles['label']}
          data-set={state.isSet || undefined}
        >
          {spec.title}
        </Label>
        {spec.isRequired && !state.isSet && <span className={styles['required']}>required</span>}
        {expression?.isOn === true && <span className={styles['fx']}>fx</span>}
        {entries.length > 0 && !bare && (
          <DropdownMenu
            align="end"
            entries={entries}
            trigger={
              <IconButton
                label={`More about ${spec.title}`}
                icon={<MoreHorizontal size={14} />}
                size="small"
                className={styles['more']}
              />
            }
          />
        )}
        {inline && props.children(control)}
      </div>
      {!inline && props.children(control)}
      {props.note}
      {hasNotes && <FieldNotes id={`${id}-notes`} problem={problem} issues={state.issues} />}
      {spec.help !== '' && !bare && <HelpText id={`${id}-help`} text={spec.help} />}
    </div>
  );
}
