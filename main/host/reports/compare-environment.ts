import type { RunComparison } from '#shared/api/report-schemas.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import type { RunState } from '#shared/run/run-state.ts';

/** What two runs were given: those of their variables, inputs, places and facts of Git that differ, by name. */
export function compareEnvironment(before: RunState, after: RunState): RunComparison['environment'] {
  const [old, now] = [factsOf(before), factsOf(after)];
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((name) => ({ name, value: { before: old.get(name) ?? null, after: now.get(name) ?? null } }))
    .filter(({ value }) => value.before !== value.after);
}

/** Values of secrets are not among them: a plan has their names only. */
function factsOf({ plan, git, trigger, projectDir, pipelineFile }: RunState): Map<string, string> {
  const facts = new Map<string, string>([
    ['commit', git?.commit ?? ''],
    ['branch', git?.branch ?? ''],
    ['trigger', trigger.type],
    ['project', projectDir],
    ['pipeline', pipelineFile],
    ['workspace', plan.workspace],
  ]);
  for (const [name, value] of Object.entries(plan.inputs)) facts.set(`inputs.${name}`, String(value));
  for (const [name, value] of Object.entries(plan.vars)) facts.set(`vars.${name}`, value);
  for (const [name, value] of Object.entries(plan.env)) facts.set(`env.${name}`, value);
  for (const stage of plan.stages) {
    for (const [name, value] of Object.entries(stage.env)) facts.set(`${stage.id}: env.${name}`, value);
    const place = placeOf(stage);
    if (place !== null) facts.set(`${stage.id}: runs on`, place);
  }
  for (const [name, value] of facts) if (value === '') facts.delete(name);
  return facts;
}

function placeOf({ place }: PlannedStage): string | null {
  return place === undefined ? null : JSON.stringify(place);
}
