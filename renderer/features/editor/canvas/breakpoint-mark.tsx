import type { MouseEvent } from 'react';
import { useCanvasCommands } from './canvas-commands-context.ts';
import styles from './stage-card.module.css';

/** The dot on a card: a click sets or removes the breakpoint. By keyboard it is a key of the canvas, so that this is no button. */
export function BreakpointMark({ id, isSet }: { readonly id: string; readonly isSet: boolean }) {
  const commands = useCanvasCommands();
  const onClick = (event: MouseEvent): void => {
    event.stopPropagation();
    commands.toggleBreakpoints([id]);
  };
  return (
    <span
      // React Flow leaves what is called so alone.
      className={`${styles['breakpoint']} nodrag nopan`}
      data-set={isSet || undefined}
      title={isSet ? 'Remove the breakpoint (B)' : 'Set a breakpoint: runs wait before this stage (B)'}
      aria-hidden
      onClick={onClick}
      onDoubleClick={(event) => event.stopPropagation()}
    />
  );
}
