import process from 'node:process';
import { EXIT } from './exit-code.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls `first` at the first signal; at the second one the process ends at once, after `last`.
 * @returns the way to stop listening
 */
export function onSignals(first: () => void, last: () => void = () => undefined): () => void {
  let count = 0;
  const onSignal = (): void => {
    count += 1;
    if (count === 1) {
      first();
      return;
    }
    last();
    // Whoever asks twice does not want to wait; the watchdog ends what is left.
    process.exit(EXIT.cancelled);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}
