import type { Clock, Executor } from '#main/engine/ports.ts';

/** What services of this machine are made with. */
export interface ServiceMachine {
  readonly executor: Executor;
  readonly clock: Clock;
  /** What stages on this machine inherit. */
  readonly baseEnv: Readonly<Record<string, string>>;
}
