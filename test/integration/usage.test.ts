import { beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '#shared/run/events.ts';
import type { Usage } from '#shared/run/usage.ts';
import { isDockerMissing } from '#test/support/docker.ts';
import { makeShellImage, SHELL_IMAGE } from '#test/support/local-images.ts';
import { isSshdMissing, startSshd } from '#test/support/sshd.ts';
import { createCliFixture, jsonLines } from './cli-fixture.ts';

const BUSY_MS = 1_500;

const PIPELINE = `name: Usage
stages:
  hungry:
    shell: node
    run: |
      const held = [];
      setInterval(() => held.push(Buffer.alloc(16_000_000, 1)), 20);
    resources: { memory: 200Mi }
    continue-on-error: true
  many:
    run: |
      i=0
      while [ $i -lt 40 ]; do sleep 600 & i=$((i + 1)); done
      wait
    resources: { pids: 20 }
    continue-on-error: true
  busy:
    shell: node
    run: |
      while (process.cpuUsage().user + process.cpuUsage().system < ${BUSY_MS}_000);
  child:
    run: |
      node -e 'while (process.cpuUsage().user + process.cpuUsage().system < ${BUSY_MS}_000);'
    resources: { memory: 2Gi }
`;

interface Finished {
  usageOf(stage: string): Usage | undefined;
  outcomeOf(stage: string): unknown;
}

/** A shell that does nothing but use that much of a processor, by its own account, which counts hundredths of a second. */
const BUSY_SHELL = `
      while :; do
        read -r stat </proc/$$/stat
        set -- $stat
        if [ $((\${14} + \${15})) -ge ${BUSY_MS / 10} ]; then break; fi
      done`;

async function runAll(pipeline: string, env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  await using fixture = createCliFixture(pipeline, { env });
  const { stdout } = await fixture.cli('run', '--format', 'ndjson', '--trust');
  const events = jsonLines<RunEvent>(stdout);
  return {
    usageOf: (stage) =>
      events
        .flatMap((event) => (event.type === 'attempt-usage' && event.stage === stage ? [event.usage] : []))
        .at(-1),
    outcomeOf: (stage) =>
      events.flatMap((event) =>
        event.type === 'attempt-finished' && event.stage === stage ? [event.outcome] : [],
      )[0],
  };
}

describe.skipIf(process.platform === 'win32')('limits and usage of local stages', () => {
  it('tells what ran out from what failed, and counts processor time as the work itself does', async () => {
    const run = await runAll(PIPELINE);
    expect(run.outcomeOf('hungry')).toMatchObject({
      type: 'failed',
      message: expect.stringMatching(/^out of memory: .*resources\.memory/) as string,
    });
    expect(run.outcomeOf('many')).toMatchObject({
      type: 'failed',
      message: expect.stringContaining('too many processes and threads: the limit is 20') as string,
    });
    for (const stage of ['busy', 'child']) {
      expect(run.outcomeOf(stage)).toEqual({ type: 'succeeded' });
      const { cpuMs = 0, memoryPeakBytes = 0 } = run.usageOf(stage) ?? {};
      // Node's own start and end come on top; the busy machine of a test may make them long.
      expect(cpuMs).toBeGreaterThan(BUSY_MS * 0.9);
      expect(cpuMs).toBeLessThan(BUSY_MS * 2);
      expect(memoryPeakBytes).toBeGreaterThan(1_000_000);
    }
  });
});

/** Of a stage elsewhere that ran `BUSY_SHELL`: what starts and ends it there comes on top. */
function expectBusy(run: Finished, stage: string): void {
  expect(run.outcomeOf(stage)).toEqual({ type: 'succeeded' });
  const { cpuMs = 0, memoryPeakBytes = 0 } = run.usageOf(stage) ?? {};
  expect(cpuMs).toBeGreaterThan(BUSY_MS * 0.9);
  expect(cpuMs).toBeLessThan(BUSY_MS * 2);
  expect(memoryPeakBytes).toBeGreaterThan(10_000);
}

describe.skipIf(isDockerMissing())('usage of a stage in a container (skipped without Docker)', () => {
  beforeAll(makeShellImage);

  it('is recorded as that of a local one is', async () => {
    const run = await runAll(`
stages:
  build:
    container: { image: '${SHELL_IMAGE}', pull: never }
    run: |${BUSY_SHELL}
`);
    expectBusy(run, 'build');
  });
});

describe.skipIf(isSshdMissing())('usage of a stage on a host (skipped without OpenSSH)', () => {
  it('is recorded as that of a local one is', async () => {
    await using sshd = await startSshd();
    const run = await runAll(
      `
stages:
  build:
    runs-on: { ssh: ${sshd.host} }
    run: |${BUSY_SHELL}
`,
      { PIPEWRIGHT_SSH_CONFIG: sshd.configFile },
    );
    expectBusy(run, 'build');
  });
});
