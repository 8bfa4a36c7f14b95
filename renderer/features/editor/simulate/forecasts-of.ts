import type { SimulatedStage, Simulation } from '#shared/api/simulation-schemas.ts';
import type { GraphStage } from '#renderer/ui/pipeline-graph/graph-stage.ts';
import type { StageForecast } from '#renderer/ui/pipeline-graph/stage-forecast.ts';

/** What the graph shows of a simulation; `drawn` are its nodes, folded as they are. */
export function forecastsOf(
  { stages }: Pick<Simulation, 'stages'>,
  drawn: readonly GraphStage[],
): ReadonlyMap<string, StageForecast> {
  const byId = new Map(stages.map((stage) => [stage.id, stage]));
  const places = criticalPlaces(drawn, byId);
  return new Map(
    drawn.flatMap((node): [string, StageForecast][] => {
      const stage = byId.get(node.id);
      if (stage === undefined) return [];
      const legs = (node.group?.isFolded === true ? node.group.legs : []).flatMap((id) => byId.get(id) ?? []);
      const working = legs.filter(({ matrix }) => matrix === null || matrix.legs.length === 0);
      return [
        [
          node.id,
          {
            verdict: verdictOf(stage),
            expectedMs: legs.length === 0 ? stage.expectedMs : spanOf(working),
            legs: legs.length === 0 ? null : legWords(stage, working),
            criticalAt: places.get(node.id) ?? null,
          },
        ],
      ];
    }),
  );
}

export function verdictOf({
  verdict,
  reasonCode,
}: Pick<SimulatedStage, 'verdict' | 'reasonCode'>): StageForecast['verdict'] {
  if (verdict === 'runs' && reasonCode === 'approval') return 'pauses';
  if (verdict === 'runs' && reasonCode === 'fault') return 'fails';
  return verdict;
}

function legWords({ kind }: SimulatedStage, legs: readonly SimulatedStage[]): string {
  const noun = kind === 'pipeline' ? 'stage' : 'leg';
  const running = legs.filter(({ verdict }) => verdict !== 'skipped').length;
  const all = `${legs.length} ${noun}${legs.length === 1 ? '' : 's'}`;
  return running === legs.length ? all : `${running} of ${all}`;
}

/** From the start of the first to the end of the last; null when none is timed. */
function spanOf(legs: readonly SimulatedStage[]): number | null {
  const timed = legs.flatMap(({ startsAfterMs, expectedMs }) =>
    startsAfterMs === null || expectedMs === null
      ? []
      : [{ from: startsAfterMs, to: startsAfterMs + expectedMs }],
  );
  if (timed.length === 0) return null;
  const from = timed.reduce((least, leg) => Math.min(least, leg.from), Infinity);
  return timed.reduce((most, leg) => Math.max(most, leg.to), 0) - from;
}

/** The critical nodes by their place: they are a chain, so each stands behind those of them that it needs. */
function criticalPlaces(
  drawn: readonly GraphStage[],
  byId: ReadonlyMap<string, SimulatedStage>,
): ReadonlyMap<string, number> {
  const critical = new Map(
    drawn
      .filter(({ id, group }) => isCritical(byId, [id, ...(group?.legs ?? [])]))
      .map((node) => [node.id, node]),
  );
  const places = new Map<string, number>();
  const open = [...critical.keys()];
  for (let id = open.at(-1); id !== undefined; id = open.at(-1)) {
    const before = (critical.get(id)?.needs ?? []).filter((need) => critical.has(need));
    const missing = before.filter((need) => !places.has(need));
    if (missing.length > 0) open.push(...missing);
    else {
      places.set(id, Math.max(-1, ...before.map((need) => places.get(need)!)) + 1);
      open.pop();
    }
  }
  return places;
}

const isCritical = (byId: ReadonlyMap<string, SimulatedStage>, ids: readonly string[]): boolean =>
  ids.some((id) => byId.get(id)?.isCritical);
