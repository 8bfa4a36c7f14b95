import { Sparkles } from 'lucide-react';
import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import { moveCursor } from '#renderer/ui/list-cursor.ts';
import { TextField } from '#renderer/ui/text-field.tsx';
import type { TemplateChoice } from './use-template-choice.ts';
import styles from './templates.module.css';

const PAGE = 5;

/** The templates, with a search above them: typing filters, the arrow keys walk, Enter creates. */
export function TemplateList({ choice }: { readonly choice: TemplateChoice }) {
  const { found, chosen, typed } = choice;
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') void choice.create();
    else {
      const isMove = event.key.startsWith('Arrow') || event.key.startsWith('Page');
      const at = found.findIndex((offer) => offer === chosen);
      const next = isMove ? moveCursor(event.key, at, found.length, PAGE) : null;
      const offer = next === null ? undefined : found[next];
      if (offer === undefined) return;
      choice.choose(offer.id);
    }
    event.preventDefault();
  };

  return (
    <div className={styles['choose']}>
      <TextField
        label="Find a template"
        hideLabel
        autoFocus
        placeholder="Find a template"
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={chosen === null ? undefined : `${id}-${chosen.id}`}
        value={typed}
        onValueChange={choice.setTyped}
        onKeyDown={onKeyDown}
      />
      <ul id={id} ref={list} role="listbox" aria-label="Templates" className={styles['list']}>
        {found.map((offer) => (
          <li
            key={offer.id}
            id={`${id}-${offer.id}`}
            role="option"
            aria-selected={offer === chosen}
            className={styles['card']}
            onClick={() => choice.choose(offer.id)}
            onDoubleClick={() => void choice.create()}
          >
            <span className={styles['title']}>{offer.title}</span>
            <span className={styles['summary']}>{offer.summary}</span>
            {offer.reason !== null && (
              <span className={styles['reason']}>
                <Sparkles size={12} aria-hidden />
                Fits: {offer.reason}
              </span>
            )}
          </li>
        ))}
        {found.length === 0 && choice.offers.status === 'ready' && (
          <li className={styles['none']}>No template has these words.</li>
        )}
      </ul>
    </div>
  );
}
