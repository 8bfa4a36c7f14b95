import { usesStatusFunction } from '#shared/expressions/evaluate-condition.ts';
import type { SimulatedStage, VerdictReason } from '#shared/api/simulation-schemas.ts';
import { chunkedGet } from '#shared/lib/chunked.ts';
import { placePhrase, resourceWords, serviceWords } from '#shared/pipeline/place-words.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import { describeOutcome } from '#shared/run/outcome.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import type { StageState } from '#shared/run/run-state.ts';
import { isOpenMatrix } from './known-values.ts';
import type { SimulatedRun } from './simulate-run.ts';

type Explanation = Pick<SimulatedStage, 'verdict' | 'reasonCode' | 'reason'>;

const MOST_NAMED = 4;
const MAX_CONDITION = 100;

/** Whether a stage of a simulated run would run, and why, in one sentence. */
export function explainStage(run: SimulatedRun, index: number): Explanation {
  const planned = run.state.plan.stages[index]!;
  const stage = chunkedGet(run.state.stages, index);
  const fault = faultOf(stage);
  if (fault !== null) return runs('fault', `It would fail: ${sentence(fault)}`);
  if (stage.status === 'skipped' || stage.status === 'cancelled') return whySkipped(planned, stage);
  if (run.unsettled.has(planned.id)) return whyUnknown(run, planned);
  return whyRuns(run, planned, stage);
}

/** What would fail a stage before its work; null for nothing. */
export function faultOf(stage: StageState): string | null {
  const outcome = stage.attempts.at(-1)?.outcome ?? null;
  if (outcome === null || outcome.type === 'succeeded') return null;
  return describeOutcome(outcome, formatDuration);
}

const runs = (reasonCode: VerdictReason, reason: string): Explanation => ({
  verdict: 'runs',
  reasonCode,
  reason,
});

function whyRuns({ state }: SimulatedRun, planned: PlannedStage, { approval }: StageState): Explanation {
  const { condition, matrix, needs } = planned;
  if (approval !== null) return runs('approval', `It waits for a person: ${sentence(approval.message)}`);
  if (isOpenMatrix(planned)) {
    return runs(
      'legs-unknown',
      `It runs once for each leg of its matrix, which is known only after ${named(needs)}.`,
    );
  }
  if (matrix !== null) return runs('needs-met', whyGroupRuns(state.stages, planned, state.graph.indexOf));
  if (condition !== null) return runs('condition-holds', `${shown(condition)} holds.`);
  if (needs.length === 0) return runs('needs-met', 'It needs nothing and starts at once.');
  return runs('needs-met', `All that it needs runs before: ${named(needs)}.`);
}

function whyGroupRuns(
  stages: SimulatedRun['state']['stages'],
  { kind, needs }: PlannedStage,
  indexOf: ReadonlyMap<string, number>,
): string {
  const running = needs.filter((id) => chunkedGet(stages, indexOf.get(id)!).status !== 'skipped').length;
  const what = kind === 'pipeline' ? 'stage' : 'leg';
  const all = `${needs.length} ${what}${needs.length === 1 ? '' : 's'}`;
  return running === needs.length
    ? `It stands for ${all}.`
    : `It stands for ${all}, of which ${running} run.`;
}

const skipped = (reasonCode: VerdictReason, reason: string): Explanation => ({
  verdict: 'skipped',
  reasonCode,
  reason,
});

function whyConditionFails(condition: string): Explanation {
  return /\b(failure|cancelled)\s*\(/i.test(condition)
    ? skipped('failure-only', `${shown(condition)} does not hold, for here every stage succeeds.`)
    : skipped('condition-false', `${shown(condition)} does not hold.`);
}

function whySkipped(planned: PlannedStage, { reason }: StageState): Explanation {
  switch (reason?.type) {
    case 'upstream': {
      // A condition that looks at how things end was asked itself.
      if (planned.condition !== null && usesStatusFunction(planned.condition) !== 'none')
        return whyConditionFails(planned.condition);
      const why = reason.status === 'failed' ? 'would fail' : 'does not run';
      return skipped('upstream', `It needs \`${reason.stage}\`, which ${why}.`);
    }
    case 'condition':
      return whyConditionFails(reason.expression);
    case 'no-legs':
      return planned.needs.length === 0
        ? skipped('no-legs', 'Its matrix has no legs.')
        : skipped('no-legs', `None of its ${planned.kind === 'pipeline' ? 'stages' : 'legs'} runs.`);
    case 'not-selected':
    case 'run-cancelled':
    case undefined:
      return skipped('upstream', 'The run would have ended before its turn.');
  }
}

function whyUnknown(run: SimulatedRun, { id, condition, needs, matrix }: PlannedStage): Explanation {
  const unknown = (reasonCode: VerdictReason, reason: string): Explanation => ({
    verdict: 'unknown',
    reasonCode,
    reason,
  });
  const unsure = needs.filter((need) => run.unsettled.has(need));
  const missing = (run.conditions.get(id)?.values ?? []).filter(({ value }) => value === null);
  if (condition === null || missing.length === 0) {
    const what = matrix === null ? 'It needs' : 'It stands for';
    return unknown(
      'upstream-unknown',
      `${what} ${named(unsure)}, of which it is not known whether ${unsure.length === 1 ? 'it runs' : 'they run'}.`,
    );
  }
  const names = missing.map(({ name }) => `\`${name}\``).join(', ');
  return unknown(
    'condition-unknown',
    `Whether ${shown(condition)} holds depends on ${names}, not known before the run.`,
  );
}

/** More to know of a stage that may run. */
export function notesOf(planned: PlannedStage): string[] {
  const { skipIfUnchanged, locks, environment, continueOnError } = planned;
  const notes = placeNotes(planned);
  if (skipIfUnchanged !== null) {
    const { files, env, tools } = skipIfUnchanged;
    const what = ['its command', ...files, ...env, ...tools.map((tool) => `the version of ${tool}`)];
    notes.push(`It is reused instead of run when nothing that decides it has changed: ${what.join(', ')}.`);
  }
  if (locks.length > 0) notes.push(`It waits while another run holds ${locks.join(', ')}.`);
  if (environment !== null) notes.push(`It works on the environment ${environment}.`);
  if (continueOnError) notes.push('A failure of it would not fail the run.');
  return notes;
}

function placeNotes({ place, services, resources }: PlannedStage): string[] {
  const where = placePhrase(place);
  const beside = serviceWords(services);
  const limits = resourceWords(resources);
  return [
    ...(where === null ? [] : [`It runs ${where}.`]),
    ...(beside === null ? [] : [`Beside it run ${beside}.`]),
    ...(limits === null ? [] : [`It may use ${limits}.`]),
  ];
}

function named(ids: readonly string[]): string {
  const shownIds = ids.slice(0, MOST_NAMED).map((id) => `\`${id}\``);
  const rest = ids.length - shownIds.length;
  return shownIds.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function shown(condition: string): string {
  const line = condition.replaceAll(/\s+/g, ' ').trim();
  return `\`${line.length > MAX_CONDITION ? `${line.slice(0, MAX_CONDITION)}…` : line}\``;
}

const sentence = (text: string): string => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);
