import { createCatalog } from '#main/stages/registry.ts';
import { describe, expect, it } from 'vitest';
import { plan, scriptStep, stage } from '#test/support/plans.ts';
import type { SimulatedStage } from '#shared/api/simulation-schemas.ts';
import { stageIdOf } from '#shared/lib/ids.ts';
import type { Plan, PlannedStage } from '#shared/pipeline/plan.ts';
import { describeSimulation } from './describe-simulation.ts';
import { type RunSimulation, simulateRun } from './simulate-run.ts';

const SITUATION = {
  git: { commit: '', branch: 'main', message: '' },
  trigger: { type: 'manual' },
  event: { name: 'manual', title: 'A run by hand', starts: true, whyNot: null },
} as const;

function simulated(of: Plan, more: Partial<RunSimulation> = {}) {
  const run = simulateRun({
    projectDir: '/project',
    pipelineFile: 'pipewright.yml',
    plan: of,
    trigger: SITUATION.trigger,
    git: SITUATION.git,
    maxParallel: 2,
    expectedMs: {},
    hashFiles: (globs) => `hash of ${globs.join()}`,
    kinds: createCatalog(),
    startMs: 0,
    ...more,
  });
  const simulation = describeSimulation(run, SITUATION, []);
  const of_ = (id: string): SimulatedStage => simulation.stages.find((one) => one.id === id)!;
  return { run, simulation, stageOf: of_ };
}

const verdictsOf = (of: Plan): Record<string, string> =>
  Object.fromEntries(
    simulated(of).simulation.stages.map(({ id, verdict, reasonCode }) => [id, `${verdict}: ${reasonCode}`]),
  );

const matrix = (legs: readonly PlannedStage['id'][]): PlannedStage['matrix'] => ({
  failFast: true,
  maxParallel: null,
  legs,
  template: null,
});

describe('a simulated run', () => {
  it('says of each stage whether it would run and why', () => {
    const stages = [
      stage('first'),
      stage('main', { needs: ['first'], condition: "git.branch == 'main'" }),
      stage('topic', { needs: ['first'], condition: "git.branch == 'topic'" }),
      stage('behind', { needs: ['topic'] }),
      stage('hashed', { condition: "hashFiles('a') == 'hash of a'" }),
      stage('rescue', { needs: ['first'], condition: 'failure()' }),
      stage('always', { needs: ['topic'], condition: 'always()' }),
    ];
    expect(verdictsOf(plan(stages))).toEqual({
      first: 'runs: needs-met',
      main: 'runs: condition-holds',
      topic: 'skipped: condition-false',
      behind: 'skipped: upstream',
      hashed: 'runs: condition-holds',
      rescue: 'skipped: failure-only',
      always: 'runs: condition-holds',
    });
  });

  it('does not pretend to know what depends on outputs', () => {
    const stages = [
      stage('build'),
      stage('maybe', { needs: ['build'], condition: "needs.build.outputs.go == 'yes'" }),
      stage('after', { needs: ['maybe'] }),
      stage('never', { needs: ['build'], condition: "needs.build.outputs.go && git.branch == 'topic'" }),
      stage('anyway', { needs: ['maybe'], condition: 'always()' }),
      stage('result', { needs: ['build'], condition: "needs.build.result == 'succeeded'" }),
    ];
    const { simulation, stageOf } = simulated(plan(stages));
    expect(simulation.counts).toEqual({ runs: 3, skipped: 1, unknown: 2 });
    expect(stageOf('maybe')).toMatchObject({ verdict: 'unknown', reasonCode: 'condition-unknown' });
    expect(stageOf('maybe').values).toEqual([{ name: 'needs.build.outputs.go', value: null }]);
    expect(stageOf('after')).toMatchObject({ verdict: 'unknown', reasonCode: 'upstream-unknown' });
    expect(stageOf('never')).toMatchObject({ verdict: 'skipped', reasonCode: 'condition-false' });
    expect(stageOf('anyway').verdict).toBe('runs');
    expect(stageOf('result').verdict).toBe('runs');
  });

  it('counts a matrix by its legs, and keeps one over outputs as one stage', () => {
    const ids = [stageIdOf('unit[n=1]'), stageIdOf('unit[n=2]')];
    const leg = (id: PlannedStage['id'], n: number) =>
      stage(id, { condition: 'matrix.n == 2', leg: { values: { n }, of: stageIdOf('unit') } });
    const open = stage('grown', {
      needs: ['unit'],
      kind: 'matrix',
      matrix: {
        ...matrix([])!,
        legs: null,
        template: { definition: { n: '${{ fromJSON(needs.unit.outputs.n) }}' }, leg: stage('grown') },
      },
    });
    const stages = [
      leg(ids[0]!, 1),
      leg(ids[1]!, 2),
      stage('unit', { kind: 'matrix', needs: ids, matrix: matrix(ids) }),
      open,
    ];
    const { simulation, stageOf } = simulated(plan(stages), {
      expectedMs: { 'grown[n=1]': 5, 'grown[n=2]': 7 },
    });
    expect(simulation.counts).toEqual({ runs: 2, skipped: 1, unknown: 0 });
    expect(stageOf('unit').reason).toBe('It stands for 2 legs, of which 1 run.');
    expect(stageOf('grown')).toMatchObject({ verdict: 'runs', reasonCode: 'legs-unknown', expectedMs: 7 });
  });

  it('takes as long as the stages took, with as many at once as there may be', () => {
    const stages = [stage('a'), stage('b', { needs: ['a'] }), stage('c'), stage('d', { needs: ['c'] })];
    const expectedMs = { a: 1_000, b: 9_000, c: 9_000, d: 1_000 };
    const two = simulated(plan(stages), { expectedMs }).simulation;
    expect(two.estimate).toEqual({
      makespanMs: 10_000,
      untimed: 0,
      maxParallel: 2,
      criticalPath: ['a', 'b'],
    });
    const one = simulated(plan(stages), { expectedMs, maxParallel: 1 }).simulation;
    expect(one.estimate.makespanMs).toBe(20_000);
    expect(simulated(plan(stages)).simulation.estimate.makespanMs).toBe(null);
    expect(simulated(plan(stages), { expectedMs: { a: 10 } }).simulation.estimate.untimed).toBe(3);
  });

  it('finds what would fail before any work is done, and what then does not run', () => {
    const stages = [
      stage('wrong', { steps: [scriptStep("echo ${{ fromJSON('{') }}")] }),
      stage('open', { needs: [], steps: [scriptStep('echo ${{ fromJSON(steps.x.outputs.y) }}')] }),
      stage('behind', { needs: ['wrong'] }),
      stage('rescue', { needs: ['wrong'], condition: 'failure()' }),
    ];
    expect(verdictsOf(plan(stages))).toEqual({
      wrong: 'runs: fault',
      open: 'runs: needs-met',
      behind: 'skipped: upstream',
      rescue: 'runs: condition-holds',
    });
    const { run, stageOf } = simulated(plan(stages));
    expect(run.state.status).toBe('failed');
    expect(stageOf('wrong').reason).toMatch(/^It would fail: The expression `.*` cannot be evaluated/);
  });

  it('passes by approvals, locks and what is tried again', () => {
    const approval = {
      message: 'Ship ${{ inputs.v }}?',
      allowed: ['ada'],
      timeoutMs: 1,
      onTimeout: 'reject',
    } as const;
    const stages = [
      stage('ask', { approval, steps: [], kind: 'approval' }),
      stage('asked', { needs: ['ask'], condition: "needs.ask.outputs.decision == 'approved'" }),
      stage('locked', { locks: ['deploy'], timeoutMs: 1 }),
    ];
    const { stageOf, run } = simulated(plan(stages, { inputs: { v: '1.0' } }), {
      expectedMs: { locked: 60_000 },
    });
    expect(stageOf('ask')).toMatchObject({
      reasonCode: 'approval',
      reason: 'It waits for a person: Ship 1.0?',
    });
    expect(stageOf('asked').verdict).toBe('runs');
    expect(stageOf('locked').notes).toEqual(['It waits while another run holds deploy.']);
    expect(run.state.status).toBe('succeeded');
  });

  it('says where a stage would run, and whether that can be', () => {
    const at = (host: string): Partial<PlannedStage> => ({ place: { type: 'ssh', host } });
    const { stageOf } = simulated(
      plan([
        stage('there', {
          ...at('build-1'),
          resources: { cpus: 2, memoryBytes: null, diskBytes: null, pids: 1 },
        }),
        stage('wrong', at("${{ format('-{0}', stage.id) }}")),
        stage('open', { ...at('${{ needs.there.outputs.host }}'), needs: ['there'] }),
      ]),
    );
    expect(stageOf('there').notes).toEqual([
      'It runs on the host build-1.',
      'It may use 2 processors, 1 process.',
    ]);
    expect(stageOf('wrong')).toMatchObject({
      reasonCode: 'fault',
      reason: expect.stringMatching(
        /^It would fail: It has no place to run: `runs-on.ssh` must be/,
      ) as unknown,
    });
    expect(stageOf('open').verdict).toBe('runs');
  });

  it('plays through 1,000 stages, each with a condition', () => {
    const stages = Array.from({ length: 1_000 }, (_, at) =>
      stage(`s${at}`, { needs: at < 10 ? [] : [`s${at - 10}`], condition: "git.branch == 'main'" }),
    );
    expect(simulated(plan(stages)).simulation.counts.runs).toBe(1_000);
  });
});
