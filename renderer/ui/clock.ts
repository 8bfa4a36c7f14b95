import { useCallback, useSyncExternalStore } from 'react';

interface Ticker {
  nowMs: number;
  readonly listeners: Set<() => void>;
  timer: ReturnType<typeof setInterval> | undefined;
}

const tickers = new Map<number, Ticker>();

function tickerOf(intervalMs: number): Ticker {
  let ticker = tickers.get(intervalMs);
  if (ticker === undefined) {
    ticker = { nowMs: Date.now(), listeners: new Set(), timer: undefined };
    tickers.set(intervalMs, ticker);
  }
  return ticker;
}

function subscribe(intervalMs: number, listener: () => void): () => void {
  const ticker = tickerOf(intervalMs);
  ticker.listeners.add(listener);
  if (ticker.timer === undefined) {
    ticker.nowMs = Date.now();
    ticker.timer = setInterval(() => {
      ticker.nowMs = Date.now();
      for (const notify of ticker.listeners) notify();
    }, intervalMs);
  }
  return () => {
    ticker.listeners.delete(listener);
    if (ticker.listeners.size > 0) return;
    clearInterval(ticker.timer);
    ticker.timer = undefined;
  };
}

const nothing = (): void => undefined;

/**
 * The time, epoch milliseconds, renewed every `intervalMs`; one timer serves all who ask for the same interval.
 * Null stops the clock: the value is then the time of the last tick. Use it in leaves only, what uses it renders each time.
 */
export function useNow(intervalMs: number | null): number {
  const listen = useCallback(
    (listener: () => void) => (intervalMs === null ? nothing : subscribe(intervalMs, listener)),
    [intervalMs],
  );
  return useSyncExternalStore(listen, () => tickerOf(intervalMs ?? 1_000).nowMs);
}
