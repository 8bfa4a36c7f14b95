import type { Kinds } from '#main/engine/kind-ports.ts';
import { mapTexts } from '#main/engine/map-texts.ts';
import { contextsBeforeEnv, environmentOf } from '#main/engine/stage-environment.ts';
import { ExpressionFailure } from '#shared/expressions/expression-failure.ts';
import { interpolate } from '#shared/expressions/interpolate.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { failedStep } from './failed-step.ts';
import type { ShellStage } from './shell-stage.ts';

/**
 * The script of the step that failed, to be typed again in a shell: expressions are evaluated, and a secret stands there as
 * the variable that holds it. One whose expressions need what is not kept stays as the file has it.
 */
export function commandThatRan(kinds: Kinds, run: RunState, stage: ShellStage): string {
  const { planned, attempt } = stage;
  const step = failedStep(run, stage);
  if (step === undefined) return '';
  const names = Object.fromEntries(planned.secrets.map((name) => [name, `$${name}`]));
  const known = { ...contextsBeforeEnv(run, planned, attempt), secrets: names, steps: {} };
  try {
    const env = environmentOf(run, planned, known);
    const evaluate = (text: string): string => interpolate(text, { ...known, env });
    if (step.body.type === 'run') return evaluate(step.body.script);
    return kinds.prepare({ ...step.body, with: mapTexts(step.body.with, evaluate) }, run.projectDir).preview;
  } catch (error) {
    if (error instanceof ExpressionFailure && step.body.type === 'run') return step.body.script;
    throw error;
  }
}
