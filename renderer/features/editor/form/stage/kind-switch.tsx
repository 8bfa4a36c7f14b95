import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { Popover } from '#renderer/ui/popover.tsx';
import { mappingOf } from '#shared/pipeline/raw-stages.ts';
import { KindIcon } from '../../canvas/palette/kind-icon.tsx';
import { kindWords } from '../../canvas/palette/kind-words.ts';
import type { PaletteItem } from '../../canvas/palette/palette-item.ts';
import { PaletteSearch } from '../../canvas/palette/palette-search.tsx';
import { usePaletteItems } from '../../canvas/palette/use-palette-items.ts';
import { textOf } from '../field-text.ts';
import { useFormData } from '../form-data.ts';
import { useFieldEdits } from '../use-field.ts';
import { useKinds } from '../use-project.ts';
import { changeBody, kindOf, lostWords } from './change-body.ts';
import styles from '../form.module.css';

export interface KindSwitchProps {
  /** Told why the kind could not be changed; null once it was. */
  readonly onProblem: (problem: string | null) => void;
}

/** What the stage is, and the catalog to make something else of it. */
export function KindSwitch({ onProblem }: KindSwitchProps) {
  const { roots, isReadOnly, subject } = useFormData();
  const { run } = useFieldEdits();
  const items = usePaletteItems();
  const kinds = useKinds();
  const [isOpen, setOpen] = useState(false);
  const [root] = roots;
  const stage = mappingOf(root?.value);
  const kind = kindOf(stage);
  const lost = lostWords(stage);
  const shown = kind === 'pipeline' ? `pipeline:${textOf(stage['pipeline'])}` : kind;
  const title = items.find(({ id }) => id === shown)?.title ?? kindWords(kind);

  const change = (item: PaletteItem): void => {
    setOpen(false);
    if (root === undefined || item.id === kind) return;
    const settings = mappingOf(kinds.find(({ id }) => id === item.id)?.settings['properties']);
    const operations = changeBody(root.path, stage, item.value, Object.keys(settings));
    void run(operations, `Make ${subject} ${item.title}`).then(onProblem);
  };
  return (
    <Popover
      label={`What ${subject} does`}
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button
          size="small"
          disabled={isReadOnly}
          icon={<KindIcon kind={kind} size={14} />}
          trailing={<ChevronDown size={14} />}
          aria-label={`Kind: ${title}`}
        >
          {title}
        </Button>
      }
    >
      {lost !== null && <p className={styles['lost']}>{lost}</p>}
      <PaletteSearch items={items} onPick={change} />
    </Popover>
  );
}
