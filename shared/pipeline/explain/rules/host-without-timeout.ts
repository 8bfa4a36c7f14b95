import type { ExplainedStage } from '../explained-stage.ts';
import type { Rule } from '../explanation.ts';
import { isOnHost, type PlannedPlace } from '../../plan-place.ts';
import { isLimited, timeoutFixes, unlimitedWork } from './no-timeout.ts';

export const hostWithoutTimeout: Rule = {
  code: 'host-without-timeout',
  severity: 'warning',
  summary: 'A stage works on another host without a time limit',
  why: 'A host that is asleep or out of reach answers nothing, and one that is busy answers late: the run waits for it. A time limit ends the stage, and what it had started there.',
  *find(file) {
    if (isLimited(file)) return;
    for (const stage of file.stages) {
      const { place } = stage.stage;
      const shown = place ?? stage.pipeline.defaults.place;
      const holder = isUnlimited(stage) ? file.holderOf(stage) : null;
      if (shown === null || !isOnHost(shown) || holder === null) continue;
      yield {
        path: holder,
        message: `It works on ${whereOf(shown)} without a time limit`,
        fixes: timeoutFixes(file, holder),
      };
    }
  },
};

const whereOf = (place: PlannedPlace): string =>
  place.type === 'ssh' ? `\`${place.host}\`` : 'another host';

/** What uses the network without a limit is told already. */
function isUnlimited(explained: ExplainedStage): boolean {
  const { stage, works } = explained;
  if (stage.timeoutMs !== null || stage.open?.timeout !== undefined) return false;
  return works.some(({ hasTimeout }) => !hasTimeout) && unlimitedWork(explained) === null;
}
