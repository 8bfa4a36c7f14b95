/** What a simulation says of a node. */
export interface StageForecast {
  /** `pauses`: it runs once a person has approved. `fails`: it would start and fail at once. */
  readonly verdict: 'runs' | 'pauses' | 'fails' | 'skipped' | 'unknown';
  /** From past runs, of a folded group all of it; null when it is not known. */
  readonly expectedMs: number | null;
  /** Of a folded group: how many of its stages run, `3 of 4 legs`. */
  readonly legs: string | null;
  /** Its place on the critical path, from 0; null beside it. */
  readonly criticalAt: number | null;
}

/** By stage id; a new map for a new simulation. */
export type StageForecasts = ReadonlyMap<string, StageForecast>;

/** The verdict in words, as a node says it. */
export const VERDICT_WORDS: Readonly<Record<StageForecast['verdict'], string>> = {
  runs: 'would run',
  pauses: 'waits for approval',
  fails: 'would fail',
  skipped: 'skipped',
  unknown: 'not known yet',
};

/** How an edge looks in a simulation: the critical path is one chain, so only neighbours on it are joined. */
export function forecastFlow(
  source: StageForecast | undefined,
  target: StageForecast | undefined,
): 'waiting' | 'blocked' | 'critical' {
  if (source === undefined || target === undefined) return 'waiting';
  if (target.verdict === 'skipped') return 'blocked';
  const isNext = source.criticalAt !== null && target.criticalAt === source.criticalAt + 1;
  return isNext ? 'critical' : 'waiting';
}
