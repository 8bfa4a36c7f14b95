import { ArrowDown, ArrowUp, CaseSensitive, Regex, Search, X } from 'lucide-react';
import { useRef, type KeyboardEvent } from 'react';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { Kbd } from '#renderer/ui/kbd.tsx';
import { useShortcut } from '#renderer/ui/shortcuts/use-shortcut.ts';
import { Spinner } from '#renderer/ui/spinner.tsx';
import { TextField } from '#renderer/ui/text-field.tsx';
import type { LogView } from '../hooks/use-log-view.ts';
import styles from './log-view.module.css';

const figure = new Intl.NumberFormat('en');

function count({ found, shownHits }: LogView): string {
  if (found.problem !== null) return 'Not a pattern';
  if (found.total === 0) return found.isSearching ? '' : 'No hits';
  const total = figure.format(found.total);
  return shownHits.current === -1 ? `${total} hits` : `${figure.format(shownHits.current + 1)} of ${total}`;
}

/** Search in a log: `/` or Ctrl+F brings the focus here, Enter and Shift+Enter walk the hits, Escape leaves. */
export function LogSearchBar({ view }: { readonly view: LogView }) {
  const { query, setQuery, found, stepToHit } = view;
  const input = useRef<HTMLInputElement>(null);
  useShortcut('/', () => input.current?.select());
  useShortcut('mod+f', () => input.current?.select(), { whileTyping: true });
  useShortcut('n', () => stepToHit(1), { enabled: found.hits.length > 0 });
  useShortcut('shift+n', () => stepToHit(-1), { enabled: found.hits.length > 0 });
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') stepToHit(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape' && query.text === '') event.currentTarget.blur();
    else if (event.key === 'Escape') setQuery({ ...query, text: '' });
    else return;
    event.preventDefault();
  };
  const isEmpty = query.text === '';
  return (
    <div className={styles['search']} role="search">
      <div className={styles['searchField']}>
        <TextField
          ref={input}
          type="search"
          size="small"
          label="Search the log"
          hideLabel
          mono={!isEmpty}
          placeholder="Search the log"
          title={found.problem ?? undefined}
          value={query.text}
          onValueChange={(text) => setQuery({ ...query, text })}
          onKeyDown={onKeyDown}
          leading={<Search size={14} />}
          trailing={
            isEmpty ? (
              <Kbd keys="/" />
            ) : (
              <>
                <span className={styles['count']} role="status">
                  {found.isSearching && found.total === 0 ? <Spinner size={12} /> : count(view)}
                </span>
                <IconButton
                  label="Clear the search"
                  size="small"
                  icon={<X size={12} />}
                  onClick={() => setQuery({ ...query, text: '' })}
                />
              </>
            )
          }
        />
      </div>
      <IconButton
        label="Match case"
        size="small"
        icon={<CaseSensitive size={14} />}
        pressed={query.caseSensitive}
        onClick={() => setQuery({ ...query, caseSensitive: !query.caseSensitive })}
      />
      <IconButton
        label="Regular expression"
        size="small"
        icon={<Regex size={14} />}
        pressed={query.regex}
        onClick={() => setQuery({ ...query, regex: !query.regex })}
      />
      <IconButton
        label="Previous hit"
        shortcut="shift+n"
        size="small"
        icon={<ArrowUp size={14} />}
        disabled={found.hits.length === 0}
        onClick={() => stepToHit(-1)}
      />
      <IconButton
        label="Next hit"
        shortcut="n"
        size="small"
        icon={<ArrowDown size={14} />}
        disabled={found.hits.length === 0}
        onClick={() => stepToHit(1)}
      />
    </div>
  );
}
