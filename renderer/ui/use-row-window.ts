import { useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';

export interface RowWindowOptions {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly count: number;
  /** Pixels; the same for every row. */
  readonly rowHeight: number;
  /** Pixels of a sticky header inside the scroller. */
  readonly headerHeight?: number;
}

export interface RowWindow {
  /** The rows to render and where they stand, pixels from the top of the rows' own box. */
  readonly rows: readonly { readonly index: number; readonly top: number }[];
  /** Pixels of all rows together. */
  readonly height: number;
  /** How many rows fit. */
  readonly pageSize: () => number;
  readonly reveal: (index: number) => void;
}

/** Which rows of a long list are in sight. */
export function useRowWindow({ scroller, count, rowHeight, headerHeight = 0 }: RowWindowOptions): RowWindow {
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    scrollMargin: headerHeight,
    scrollPaddingStart: headerHeight,
    overscan: 8,
  });
  return {
    rows: virtualizer.getVirtualItems().map(({ index, start }) => ({ index, top: start - headerHeight })),
    height: virtualizer.getTotalSize(),
    pageSize: () =>
      Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headerHeight) / rowHeight) - 1),
    reveal: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}
