import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { classNames } from '#renderer/ui/class-names.ts';
import {
  completeExpression,
  type ExpressionCompletion,
  type ExpressionOption,
} from '../../expression-completion.ts';
import type { ExpressionSurroundings } from '../../expression-names.ts';
import { CompletionList } from './completion-list.tsx';
import styles from './controls.module.css';

export interface ExpressionInputProps {
  readonly control: {
    readonly id?: string;
    readonly 'aria-describedby'?: string | undefined;
    readonly 'aria-invalid'?: true | undefined;
    readonly 'aria-label'?: string;
  };
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** Enter, or in several lines Mod+Enter, or leaving it. */
  readonly onSettle: () => void;
  /** Escape. */
  readonly onTakeBack: () => void;
  readonly isMultiline?: boolean;
  readonly isMono?: boolean;
  readonly isReadOnly?: boolean;
  /** The whole text is an expression. */
  readonly isBare?: boolean;
  readonly placeholder?: string | undefined;
  readonly autoFocus?: boolean;
  /** What an expression here may read; null: there are none here. */
  readonly surroundings: (() => ExpressionSurroundings) | null;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
}

/** A text, of one line or growing with its lines, with completion inside of expressions. */
export function ExpressionInput(props: ExpressionInputProps) {
  const { control, text, isMultiline = false, isMono = true, isReadOnly = false, isBare = false } = props;
  const listId = useId();
  const element = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const nextCaret = useRef<number | null>(null);
  const [completion, setCompletion] = useState<ExpressionCompletion | null>(null);
  const [active, setActive] = useState(0);

  useLayoutEffect(() => {
    if (nextCaret.current === null) return;
    element.current?.setSelectionRange(nextCaret.current, nextCaret.current);
    nextCaret.current = null;
  }, [text]);

  const complete = (typed: string, at: number | null): void => {
    const { surroundings } = props;
    setActive(0);
    setCompletion(
      surroundings === null || at === null ? null : completeExpression(typed, at, surroundings(), isBare),
    );
  };

  const accept = (option: ExpressionOption, at: ExpressionCompletion): void => {
    nextCaret.current = at.from + option.insert.length;
    props.onChange(text.slice(0, at.from) + option.insert + text.slice(at.to));
    setCompletion(null);
    element.current?.focus();
  };

  /** @returns whether the list took the key */
  const steer = (key: string): boolean => {
    if (completion === null) return false;
    const { options } = completion;
    const chosen = options[active];
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      setActive((active + (key === 'ArrowDown' ? 1 : options.length - 1)) % options.length);
    } else if ((key === 'Enter' || key === 'Tab') && chosen !== undefined) accept(chosen, completion);
    else if (key === 'Escape') setCompletion(null);
    else return false;
    return true;
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const isAsked = event.key === ' ' && event.ctrlKey;
    if (isAsked) complete(text, event.currentTarget.selectionStart);
    if (isAsked || steer(event.key)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    props.onKeyDown?.(event);
    if (event.defaultPrevented) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      props.onTakeBack();
    }
    const isEnter = event.key === 'Enter' && (!isMultiline || event.ctrlKey || event.metaKey);
    if (isEnter) {
      event.preventDefault();
      props.onSettle();
    }
    // Saving saves what stands in the field.
    if (event.key === 's' && (event.ctrlKey || event.metaKey)) props.onSettle();
  };

  const shared = {
    ...control,
    ref: element,
    value: text,
    placeholder: props.placeholder,
    readOnly: isReadOnly,
    autoFocus: props.autoFocus,
    // What comes with the focus comes with a proposal, which typing replaces.
    ...(props.autoFocus === true
      ? {
          onFocus: (event: { readonly currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
            event.currentTarget.select(),
        }
      : {}),
    spellCheck: !isMono,
    autoComplete: 'off',
    className: classNames(styles['input'], isMono && styles['mono']),
    ...(props.surroundings === null
      ? {}
      : {
          role: 'combobox',
          'aria-autocomplete': 'list' as const,
          'aria-expanded': completion !== null,
          'aria-controls': listId,
          'aria-activedescendant': completion === null ? undefined : `${listId}-${active}`,
        }),
    onKeyDown,
    onChange: (event: { readonly target: HTMLInputElement | HTMLTextAreaElement }) => {
      props.onChange(event.target.value);
      complete(event.target.value, event.target.selectionStart);
    },
    onBlur: () => {
      setCompletion(null);
      props.onSettle();
    },
  };

  return (
    <CompletionList
      id={listId}
      options={completion?.options ?? []}
      active={active}
      onClose={() => setCompletion(null)}
      onAccept={(option) => {
        if (completion !== null) accept(option, completion);
      }}
    >
      <div
        className={classNames(styles['box'], isMultiline && styles['grows'])}
        data-invalid={control['aria-invalid']}
        data-text={isMultiline ? text : undefined}
      >
        {isMultiline ? <textarea {...shared} rows={1} /> : <input {...shared} type="text" />}
      </div>
    </CompletionList>
  );
}
