import { Search, X } from 'lucide-react';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';
import { Kbd } from './kbd.tsx';
import { useShortcut } from './shortcuts/use-shortcut.ts';
import { TextField } from './text-field.tsx';

export interface SearchFieldProps {
  /** Names it and is its placeholder: "Find a run". */
  readonly label: string;
  readonly value: string;
  readonly onValueChange: (value: string) => void;
  /** A key that brings the focus here; `/` for the screen's main search. */
  readonly shortcut?: string;
  /** Inside, at the end: the number of hits. */
  readonly trailing?: ReactNode;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
}

/** Filters what is below as one types; Escape clears, and leaves when there is nothing to clear. */
export function SearchField({
  label,
  value,
  onValueChange,
  shortcut,
  trailing,
  onKeyDown,
}: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useShortcut(
    shortcut ?? 'escape',
    () => {
      input.current?.focus();
      input.current?.select();
    },
    { enabled: shortcut !== undefined },
  );
  return (
    <TextField
      ref={input}
      type="search"
      label={label}
      hideLabel
      placeholder={label}
      value={value}
      onValueChange={onValueChange}
      leading={<Search size={14} />}
      trailing={
        value === '' ? (
          shortcut !== undefined && <Kbd keys={shortcut} />
        ) : (
          <>
            {trailing}
            <IconButton label="Clear" icon={<X size={12} />} size="small" onClick={() => onValueChange('')} />
          </>
        )
      }
      onKeyDown={(event) => {
        onKeyDown?.(event);
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        if (value === '') event.currentTarget.blur();
        else onValueChange('');
      }}
    />
  );
}
