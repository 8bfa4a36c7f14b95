import type { ReactNode } from 'react';
import { Group, Panel, Separator, useDefaultLayout, type PanelProps } from 'react-resizable-panels';
import { classNames } from './class-names.ts';
import styles from './panes.module.css';

/** Unlike what is hidden, it cannot be scrolled by bringing something into view. */
const CLIPPED = { overflow: 'clip' };

export interface PanesProps {
  /** Names the arrangement; its sizes are remembered under it. */
  readonly id: string;
  readonly direction?: 'horizontal' | 'vertical';
  /** The panes that are there now, where some come and go: each set of them has sizes of its own. */
  readonly panelIds?: readonly string[] | undefined;
  /** `<Pane>`s with a `<PaneHandle>` between two. */
  readonly children: ReactNode;
}

/** Panes that share the room, resized with the pointer or, on the line between them, with the arrow keys. */
export function Panes({ id, direction = 'horizontal', panelIds, children }: PanesProps) {
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({
    id: `pipewright.panes.${id}`,
    panelIds: panelIds && [...panelIds],
    storage: localStorage,
    onlySaveAfterUserInteractions: true,
  });
  return (
    <Group
      id={id}
      className={styles['panes']}
      style={CLIPPED}
      orientation={direction}
      defaultLayout={defaultLayout}
      onLayoutChanged={onLayoutChanged}
    >
      {children}
    </Group>
  );
}

export interface PaneProps extends Pick<
  PanelProps,
  | 'defaultSize'
  | 'minSize'
  | 'maxSize'
  | 'collapsible'
  | 'collapsedSize'
  | 'panelRef'
  | 'onResize'
  | 'className'
> {
  readonly id: string;
  /** Keeps its pixels when the window grows; for side panes. */
  readonly fixed?: boolean;
  /** What it holds scrolls by itself, and the pane never does. */
  readonly still?: boolean;
  readonly children: ReactNode;
}

/** One pane. Sizes: a number is pixels, a text may be `'40%'`. */
export function Pane({ fixed = false, still = false, className, children, ...rest }: PaneProps) {
  return (
    <Panel
      {...rest}
      className={classNames(styles['pane'], className)}
      {...(still ? { style: CLIPPED } : {})}
      groupResizeBehavior={fixed ? 'preserve-pixel-size' : 'preserve-relative-size'}
    >
      {children}
    </Panel>
  );
}

/** The hairline between two panes; a double click gives the pane its first size back. */
export function PaneHandle({ label = 'Resize' }: { readonly label?: string }) {
  return <Separator className={styles['handle']} aria-label={label} />;
}
