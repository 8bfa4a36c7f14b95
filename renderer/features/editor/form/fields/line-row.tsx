import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import type { ExpressionSurroundings } from '../../expression-names.ts';
import { useDraft } from '../use-draft.ts';
import { ExpressionInput, type ExpressionInputProps } from './expression-input.tsx';
import styles from './controls.module.css';

export interface LineRowProps {
  readonly control: ExpressionInputProps['control'];
  readonly text: string;
  readonly placeholder?: string | undefined;
  readonly isReadOnly: boolean;
  readonly autoFocus: boolean;
  readonly surroundings: () => ExpressionSurroundings;
  /** What stands in the field before it is set; null once it is taken back. */
  readonly onType: (text: string | null) => void;
  readonly onSet: (text: string) => Promise<string | null>;
  /** Null where there is nothing to remove, or no way to move it. */
  readonly onRemove: (() => void) | null;
  readonly onUp: (() => void) | null;
  readonly onDown: (() => void) | null;
}

/** One text of a list, which Alt and an arrow moves. */
export function LineRow(props: LineRowProps) {
  const { control, text, placeholder, isReadOnly, onRemove, onUp, onDown } = props;
  const draft = useDraft(text, props.onSet);
  return (
    <div className={styles['line']}>
      <ExpressionInput
        control={control}
        text={draft.text}
        placeholder={placeholder}
        isReadOnly={isReadOnly}
        autoFocus={props.autoFocus}
        surroundings={props.surroundings}
        onChange={(next) => {
          draft.change(next);
          props.onType(next);
        }}
        onSettle={draft.settle}
        onTakeBack={() => {
          draft.takeBack();
          props.onType(null);
        }}
        onKeyDown={(event) => {
          const move = event.key === 'ArrowUp' ? onUp : event.key === 'ArrowDown' ? onDown : null;
          if (!event.altKey || move === null) return;
          event.preventDefault();
          move();
        }}
      />
      {!isReadOnly && onRemove !== null && (
        <div className={styles['lineActions']}>
          {onUp !== null && (
            <IconButton label="Move up" icon={<ArrowUp size={14} />} size="small" onClick={onUp} />
          )}
          {onDown !== null && (
            <IconButton label="Move down" icon={<ArrowDown size={14} />} size="small" onClick={onDown} />
          )}
          <IconButton label="Remove" icon={<X size={14} />} size="small" onClick={onRemove} />
        </div>
      )}
    </div>
  );
}
