import { X } from 'lucide-react';
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { ControlIds } from '../field-row.tsx';
import styles from './controls.module.css';

export interface ChipListProps {
  readonly control: ControlIds;
  readonly label: string;
  readonly texts: readonly string[];
  readonly placeholder?: string | undefined;
  readonly isReadOnly: boolean;
  /** Proposed while typing. */
  readonly suggestions?: readonly string[];
  /** A key was pressed in it, or the focus left a part of it. */
  readonly onTouch?: () => void;
  /**
   * Resolves once the new texts are given, or were refused: the next change waits for it.
   * @param kept which of the former texts each one was; undefined for those that are new
   */
  readonly onChange: (texts: readonly string[], kept: readonly (number | undefined)[]) => Promise<void>;
}

interface Chip {
  readonly text: string;
  /** Undefined for a new one. */
  readonly from: number | undefined;
}

/**
 * Short texts in a row with a field for the next one. Enter or a comma adds, Backspace in the empty field takes the last
 * one back, Enter on a chip edits it, Delete removes it, Alt and an arrow moves it.
 */
export function ChipList(props: ChipListProps) {
  const { control, label, texts, isReadOnly, suggestions = [], onTouch, onChange } = props;
  const [typed, setTyped] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const chips = useRef<HTMLUListElement>(null);
  const all = texts.map((text, index): Chip => ({ text, from: index }));
  const latest = useRef({ all, onChange });
  useLayoutEffect(() => {
    latest.current = { all, onChange };
  });
  const done = useRef(Promise.resolve());
  /** Whoever types fast is ahead of what has been read. @param change null where there is nothing to do */
  const tell = (change: (chips: readonly Chip[]) => readonly Chip[] | null): void => {
    const run = (): Promise<void> => {
      const next = change(latest.current.all);
      if (next === null) return Promise.resolve();
      return latest.current.onChange(
        next.map(({ text }) => text),
        next.map(({ from }) => from),
      );
    };
    done.current = done.current.then(run, run);
  };

  const add = (): void => {
    const words = typed.split(',').map((text) => text.trim());
    setTyped('');
    tell((chips) => {
      const added = words.filter((word) => word !== '' && chips.every(({ text }) => text !== word));
      return added.length === 0 ? null : [...chips, ...added.map((text) => ({ text, from: undefined }))];
    });
  };
  const remove = (index: number): void => {
    tell((chips) => chips.filter((_, at) => at !== index));
    input.current?.focus();
  };
  const move = (index: number, by: number): void => {
    const to = index + by;
    if (to < 0 || to >= all.length) return;
    tell((chips) => {
      const item = chips[index];
      const next = chips.filter((_, at) => at !== index);
      return item === undefined ? null : next.toSpliced(to, 0, item);
    });
    requestAnimationFrame(() => chipAt(to)?.focus());
  };
  const chipAt = (index: number): HTMLElement | null =>
    chips.current?.querySelectorAll<HTMLElement>('[data-chip]')[index] ?? null;

  const onChipKey = (event: KeyboardEvent, index: number): void => {
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (event.key === 'Delete' || event.key === 'Backspace') remove(index);
    else if (step !== 0 && event.altKey) move(index, step);
    else if (step !== 0) (chipAt(index + step) ?? (step > 0 ? input.current : null))?.focus();
    else return;
    event.preventDefault();
  };

  return (
    <ul
      ref={chips}
      className={styles['chips']}
      data-invalid={control['aria-invalid']}
      onKeyDown={onTouch}
      onBlur={onTouch}
    >
      {texts.map((text, index) => (
        <li key={`${index} ${text}`} className={styles['chip']}>
          <button
            type="button"
            data-chip
            tabIndex={index === 0 ? 0 : -1}
            className={styles['chipText']}
            title={text}
            disabled={isReadOnly}
            aria-label={`${text}, edit`}
            onKeyDown={(event) => onChipKey(event, index)}
            onClick={() => {
              setTyped(text);
              remove(index);
            }}
          >
            {text}
          </button>
          {!isReadOnly && (
            <button
              type="button"
              tabIndex={-1}
              className={styles['chipRemove']}
              aria-label={`Remove ${text}`}
              onClick={() => remove(index)}
            >
              <X size={12} />
            </button>
          )}
        </li>
      ))}
      {!isReadOnly && (
        <li className={styles['chipInput']}>
          <input
            {...control}
            ref={input}
            aria-label={`Add to ${label}`}
            value={typed}
            placeholder={props.placeholder}
            list={suggestions.length > 0 ? `${control.id}-known` : undefined}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={add}
            onKeyDown={(event) => {
              if (event.key === 'Enter' || (event.key === ',' && typed.trim() !== '')) {
                event.preventDefault();
                add();
              } else if (event.key === 'Escape' && typed !== '') {
                event.preventDefault();
                event.stopPropagation();
                setTyped('');
              } else if (typed === '' && event.key === 'Backspace' && texts.length > 0)
                remove(texts.length - 1);
              else if (typed === '' && event.key === 'ArrowLeft') chipAt(texts.length - 1)?.focus();
            }}
          />
          {suggestions.length > 0 && (
            <datalist id={`${control.id}-known`}>
              {suggestions
                .filter((name) => !texts.includes(name))
                .map((name) => (
                  <option key={name} value={name} />
                ))}
            </datalist>
          )}
        </li>
      )}
    </ul>
  );
}
