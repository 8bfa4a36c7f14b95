import { ChevronRight, CircleX, FileCode, MoreHorizontal, Plus, Trash2, TriangleAlert } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import { useEffect, useId, useRef, useState } from 'react';
import { DropdownMenu } from '#renderer/ui/dropdown-menu.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import type { MenuEntry } from '#renderer/ui/menu-entry.ts';
import type { Operation } from '#shared/pipeline/edits/operation.ts';
import type { EditorIssue } from '../../document/analysis.ts';
import { placeAt, type FieldPlace } from '../field-place.ts';
import { focusFirst } from '../focus-first.ts';
import { issuesAt, useFormData } from '../form-data.ts';
import { HelpText } from '../help-text.tsx';
import type { FieldSpec } from '../schema/field-shape.ts';
import { firstValue } from '../schema/first-value.ts';
import { useFieldEdits } from '../use-field.ts';
import { useShowInText } from '../use-show-in-text.ts';
import type { FormSection } from './form-section.ts';
import { SectionFields } from './section-fields.tsx';
import styles from '../form.module.css';

export interface SectionViewProps {
  readonly section: FormSection;
  /** Those that are to be shown. */
  readonly fields: readonly FieldSpec[];
  /** Whether anything of it is written. */
  readonly isSet: boolean;
  /** A filter has found it: it is open whatever was chosen. */
  readonly isFound: boolean;
}

/** A section with its fields, or while it holds nothing, the line that opens it. */
export function SectionView({ section, fields, isSet, isFound }: SectionViewProps) {
  const { title, adds, keys, isAlwaysOpen = false } = section;
  const { issues, roots, isReadOnly, subject } = useFormData();
  const id = useId();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const { run } = useFieldEdits();
  const [isAdding, setAdding] = useState(false);
  const [isReady, setReady] = useState(false);
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isReady) focusFirst(content.current);
  }, [isReady]);

  const isOpen = isFound || (chosen ?? (isSet || isAlwaysOpen));
  if (!isOpen && !isSet && !isAlwaysOpen) {
    if (isReadOnly) return null;
    const open = (): void => {
      setAdding(true);
      void run(firstEdits(section, fields, roots), `Add ${adds} to ${subject}`).then(() => {
        setChosen(true);
        setReady(true);
      });
    };
    return (
      <button type="button" className={styles['adder']} onClick={open}>
        <Plus size={14} aria-hidden />
        Add {adds}
      </button>
    );
  }
  const own = issues.filter((issue) =>
    roots.some(({ path }) => keys.some((key) => issuesAt([issue], [...path, key], true).length > 0)),
  );
  const [only, ...others] = fields;
  return (
    <Collapsible.Root
      className={styles['section']}
      open={isOpen}
      onOpenChange={(open) => {
        setAdding(false);
        setReady(false);
        setChosen(open);
      }}
      role="group"
      aria-labelledby={id}
      // What is being emptied stays in view.
      onFocus={() => setChosen((before) => before ?? isOpen)}
    >
      <div className={styles['sectionHead']}>
        <Collapsible.Trigger className={styles['sectionTrigger']}>
          <ChevronRight size={14} className={styles['chevron']} aria-hidden />
          <span id={id}>{title}</span>
          <SectionMark issues={own} />
        </Collapsible.Trigger>
        {isSet && <SectionMenu section={section} />}
      </div>
      <Collapsible.Content ref={content} className={styles['sectionBody']}>
        {only !== undefined && others.length === 0 && saysItsHelp(section, only) && (
          <HelpText text={only.help} />
        )}
        <SectionFields section={section} fields={fields} isNew={isAdding} />
      </Collapsible.Content>
    </Collapsible.Root>
  );
}

/** What adding a section writes at once: the first of several things, where it is about such. */
function firstEdits(
  { keys: [key, ...others], first }: FormSection,
  fields: readonly FieldSpec[],
  roots: readonly FieldPlace[],
): readonly Operation[] {
  const [only] = fields;
  if (key === undefined || only === undefined || others.length > 0) return [];
  const value = first ?? firstValue(only);
  if (value === null) return [];
  return roots.map(({ path }) => ({ type: 'set-field', path: [...path, key], value }));
}

/** A switch says its own. */
const saysItsHelp = ({ content }: FormSection, { shape }: FieldSpec): boolean =>
  content === undefined && shape.type !== 'boolean';

function SectionMark({ issues }: { readonly issues: readonly EditorIssue[] }) {
  if (issues.some(({ severity }) => severity === 'error'))
    return <CircleX size={13} className={styles['mark']} data-severity="error" aria-label="Has errors" />;
  if (issues.length === 0) return null;
  return (
    <TriangleAlert size={13} className={styles['mark']} data-severity="warning" aria-label="Has warnings" />
  );
}

function SectionMenu({ section: { title, keys } }: { readonly section: FormSection }) {
  const { roots, isReadOnly, subject } = useFormData();
  const { run } = useFieldEdits();
  const showInText = useShowInText();
  const set = roots.flatMap(({ path, value }) =>
    keys
      .map((key) => placeAt([...path, key], (value as Readonly<Record<string, unknown>> | null)?.[key]))
      .filter((place) => place.value !== undefined),
  );
  const entries: MenuEntry[] = [
    {
      label: 'Show in text',
      icon: <FileCode size={14} />,
      onSelect: () => showInText(set.map(({ path }) => path)),
    },
    {
      label: `Remove ${title.toLowerCase()}`,
      icon: <Trash2 size={14} />,
      danger: true,
      disabled: isReadOnly,
      onSelect: () =>
        void run(
          set.map((place) => place.write(undefined)),
          `Remove ${title.toLowerCase()} of ${subject}`,
        ),
    },
  ];
  return (
    <DropdownMenu
      align="end"
      entries={entries}
      trigger={
        <IconButton
          label={`More about ${title}`}
          icon={<MoreHorizontal size={14} />}
          size="small"
          className={styles['more']}
        />
      }
    />
  );
}
