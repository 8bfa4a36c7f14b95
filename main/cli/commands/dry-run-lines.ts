import { faultOf } from '#main/host/projects/simulate/explain-stage.ts';
import type { SimulatedRun } from '#main/host/projects/simulate/simulate-run.ts';
import type { SimulatedStage, Simulation } from '#shared/api/simulation-schemas.ts';
import { chunkedGet } from '#shared/lib/chunked.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { placePhrase, serviceWords } from '#shared/pipeline/place-words.ts';
import type { PlannedStage, StepBody } from '#shared/pipeline/plan.ts';
import type { Colors } from '../output.ts';
import { isExpanded } from '../run-output/is-expanded.ts';
import { plainText, reasonOf } from '../run-output/stage-line.ts';

/** A simulated run for people: what would run in its order, what not, and why. */
export function dryRunLines(simulation: Simulation, run: SimulatedRun, colors: Colors): string[] {
  const { state, order } = run;
  const { runs, unknown } = simulation.counts;
  const count = `${runs} stages${unknown === 0 ? '' : `, and perhaps ${unknown} more`}`;
  const lines = [`${colors.bold(plainText(state.name))} would run ${count}, in this order:`];
  const stages = new Map(simulation.stages.map((stage) => [stage.id, stage]));
  for (const id of order) lines.push(...stageLines(stages.get(id)!, run, colors));
  const skipped = simulation.stages.filter(
    ({ id, verdict }) =>
      verdict === 'skipped' && !isExpanded(state.plan.stages[state.graph.indexOf.get(id)!]!),
  );
  if (skipped.length > 0) lines.push('', 'It would leave out:');
  for (const stage of skipped) {
    lines.push(`${plainText(stage.id)}  ${colors.dim(whyLeftOut(stage, run) + valuesOf(stage))}`);
  }
  return [...lines, ...estimateLines(simulation)];
}

function stageLines(stage: SimulatedStage, { state }: SimulatedRun, { dim, yellow }: Colors): string[] {
  const index = state.graph.indexOf.get(stage.id)!;
  const planned = state.plan.stages[index]!;
  const needs = stage.needs.length === 0 ? '' : dim(`  after ${stage.needs.map(plainText).join(', ')}`);
  const fault = faultOf(chunkedGet(state.stages, index));
  const lines = [plainText(stage.id) + needs + (fault === null ? '' : yellow(`  ${plainText(fault)}`))];
  if (stage.verdict === 'unknown') lines.push(yellow(`  perhaps: ${plainText(lowerFirst(stage.reason))}`));
  if (stage.reasonCode === 'condition-holds')
    lines.push(dim(`  ${plainText(stage.condition ?? '')} holds${valuesOf(stage)}`));
  if (planned.kind === 'matrix') lines.push(dim('  once for each leg of a matrix that outputs decide'));
  const { approval } = chunkedGet(state.stages, index);
  if (approval !== null) lines.push(dim(`  waits for approval: ${plainText(approval.message)}`));
  lines.push(...placeLines(planned).map((line) => dim(`  ${plainText(line)}`)));
  for (const step of planned.steps) lines.push(dim(`  ${summaryOf(step.body)}`));
  return lines;
}

function placeLines({ place, services }: PlannedStage): string[] {
  const where = placePhrase(place);
  const beside = serviceWords(services);
  return [...(where === null ? [] : [where]), ...(beside === null ? [] : [`beside ${beside}`])];
}

function whyLeftOut({ id, reasonCode, condition }: SimulatedStage, { state }: SimulatedRun): string {
  if (reasonCode === 'condition-false' || reasonCode === 'failure-only')
    return `skipped: ${plainText(condition ?? '')} does not hold`;
  return reasonOf(chunkedGet(state.stages, state.graph.indexOf.get(id)!)) ?? '';
}

function valuesOf({ values }: SimulatedStage): string {
  const known = values.filter(({ value }) => value !== null);
  if (known.length === 0) return '';
  return ` (${known.map(({ name, value }) => plainText(`${name} = ${value}`)).join(', ')})`;
}

function summaryOf(body: StepBody): string {
  if (body.type === 'uses') return `uses ${plainText(body.kind)}`;
  const [first = '', ...rest] = body.script.trim().split('\n');
  return plainText(first) + (rest.length > 0 ? ` … (${rest.length + 1} lines)` : '');
}

function estimateLines({ estimate }: Simulation): string[] {
  const { makespanMs, untimed, criticalPath, maxParallel } = estimate;
  if (makespanMs === null) return [];
  const times = untimed === 0 ? '' : `; ${untimed} of them have not been timed yet`;
  return [
    '',
    `It would take about ${formatDuration(makespanMs)} with ${maxParallel} at once${times}.`,
    `Critical path: ${criticalPath.map(plainText).join(' -> ')}`,
  ];
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
