import { stageIdOf } from '#shared/lib/ids.ts';
import type { Plan, PlannedStage } from '#shared/pipeline/plan.ts';

type StageOptions = Partial<Omit<PlannedStage, 'id' | 'needs'>> & { readonly needs?: readonly string[] };

/** A planned stage that runs `true`, with what a test cares about put over it. */
export function stage(id: string, { needs = [], ...options }: StageOptions = {}): PlannedStage {
  return {
    id: stageIdOf(id),
    name: id,
    kind: 'run',
    needs: needs.map(stageIdOf),
    steps: [scriptStep('true')],
    env: {},
    workingDirectory: null,
    timeoutMs: null,
    continueOnError: false,
    artifacts: [],
    reports: { junit: [], coverage: [] },
    outputs: {},
    condition: null,
    retry: null,
    approval: null,
    matrix: null,
    leg: null,
    caches: [],
    skipIfUnchanged: null,
    secrets: [],
    environment: null,
    locks: [],
    slots: 1,
    state: [],
    hooks: { success: null, failure: null },
    line: 1,
    ...options,
  };
}

export function scriptStep(script: string, id = 'step-1'): PlannedStage['steps'][number] {
  return {
    id,
    name: id,
    body: { type: 'run', script, shell: null },
    env: {},
    workingDirectory: null,
    timeoutMs: null,
    continueOnError: false,
    condition: null,
  };
}

export function plan(stages: readonly PlannedStage[], options: Partial<Omit<Plan, 'stages'>> = {}): Plan {
  return {
    name: 'Test',
    workspace: 'shared',
    env: {},
    inputs: {},
    timeoutMs: null,
    failFast: false,
    maxParallel: null,
    concurrency: null,
    onRestart: 'wait',
    vars: {},
    state: {},
    ...options,
    stages,
  };
}
