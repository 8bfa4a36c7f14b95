import { useEffect, useMemo, useRef, useState } from 'react';
import type { LineRange } from '../line-range.ts';
import type { LogRef } from '../log-ref.ts';
import { LogViewport } from '../log-viewport.ts';
import { ROW_PX } from '../row-px.ts';
import { firstHitFrom, stepHit } from '../search-hits.ts';
import type { ShownHits } from '../components/log-row.tsx';
import { useLog, type Log } from './use-log.ts';
import { useLogSearch, type LogHits, type LogQuery } from './use-log-search.ts';

/** Where a log is first seen. */
export type LogStart = 'top' | 'end';

export interface LogView {
  readonly log: Log;
  readonly viewport: LogViewport;
  readonly query: LogQuery;
  readonly setQuery: (query: LogQuery) => void;
  readonly found: LogHits;
  readonly shownHits: ShownHits;
  /** To the next hit (1) or the one before (-1). */
  readonly stepToHit: (by: 1 | -1) => void;
  readonly selected: LineRange | null;
  readonly setSelected: (range: LineRange | null) => void;
}

const NO_QUERY: LogQuery = { text: '', regex: false, caseSensitive: false };

/** All that a log on screen knows: its lines, where one is, what is selected and what is searched for. */
export function useLogView(ref: LogRef, start: LogStart, line: number | undefined): LogView {
  const log = useLog(ref);
  const { pages } = log;
  // A viewport belongs to one log.
  const viewport = useMemo(() => {
    const made = new LogViewport(ROW_PX);
    if (pages.info !== null) made.setLineCount(pages.info.lineCount);
    return made;
  }, [pages]);
  const [query, setQuery] = useState(NO_QUERY);
  const [selected, setSelected] = useState<LineRange | null>(
    line === undefined ? null : { from: line, to: line },
  );
  const found = useLogSearch(ref, query, log.info?.complete === false);
  const [current, setCurrent] = useState(-1);
  const shownHits = useMemo(() => ({ hits: found.hits, current }), [found.hits, current]);

  const isPlaced = useRef<LogViewport | null>(null);
  const isKnown = log.info !== null;
  useEffect(() => {
    if (!isKnown || isPlaced.current === viewport) return;
    isPlaced.current = viewport;
    if (line !== undefined) viewport.reveal(line);
    else if (start === 'end') viewport.follow(true);
  }, [viewport, isKnown, line, start]);

  const goToHit = (position: number): void => {
    setCurrent(position);
    const hit = found.hits[position];
    if (hit !== undefined) viewport.reveal(hit.line);
  };
  const stepToHit = (by: 1 | -1): void => {
    if (current !== -1 && current < found.hits.length) {
      goToHit(stepHit(found.hits.length, current, by));
      return;
    }
    const next = firstHitFrom(found.hits, viewport.frame().topLine);
    goToHit(by === 1 ? next % Math.max(1, found.hits.length) : stepHit(found.hits.length, next, -1));
  };
  return {
    log,
    viewport,
    query,
    setQuery: (next) => {
      setQuery(next);
      setCurrent(-1);
    },
    found,
    shownHits,
    stepToHit,
    selected,
    setSelected,
  };
}
