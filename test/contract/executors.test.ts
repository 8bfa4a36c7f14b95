import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExecutionRequest, Executor } from '#main/engine/ports.ts';
import { createDummyExecutor } from '#main/executors/dummy/dummy-executor.ts';
import { createProcessExecutor } from '#main/executors/process/process-executor.ts';
import { createWatchdog, type Watchdog } from '#main/executors/process/watchdog.ts';
import { type Execution, execution, isAlive, removeExecution } from '#test/support/execution.ts';

const never = new AbortController().signal;
let open: Execution[] = [];
let watchdog: Watchdog;
let executor: Executor;

function prepare(script: string, options?: Partial<ExecutionRequest>): Execution {
  const made = execution(script, options);
  open.push(made);
  return made;
}

beforeEach(() => {
  watchdog = createWatchdog();
  executor = createProcessExecutor({ watchdog });
});

afterEach(() => {
  watchdog.close();
  for (const each of open) removeExecution(each);
  open = [];
});

const clock = {
  after: (delayMs: number, callback: () => void) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** What every executor promises; the dummy is scripted to do what the script says. */
describe.each([
  { name: 'process', make: () => executor },
  {
    name: 'dummy',
    make: () =>
      createDummyExecutor(clock, { stage: { output: ['hello'], delayMs: 0 }, long: { delayMs: 60_000 } }),
  },
])('every executor ($name)', ({ make }) => {
  it('reports success, with the output in the log before it settles', async () => {
    const { request, output } = prepare('echo hello');
    expect(await make().execute(request, never)).toEqual({ type: 'succeeded' });
    expect(output('stdout').toString()).toBe('hello\n');
  });

  it('answers with cancelled when the signal was aborted before it began', async () => {
    const { request } = prepare('echo hello');
    expect((await make().execute(request, AbortSignal.abort())).type).toBe('cancelled');
  });

  it('answers with cancelled when the signal aborts in the middle', async () => {
    const { request } = prepare('sleep 60', { stage: 'long' as ExecutionRequest['stage'] });
    const abort = new AbortController();
    const ended = make().execute(request, abort.signal);
    setImmediate(() => abort.abort());
    expect((await ended).type).toBe('cancelled');
  });

  it('does many at once', async () => {
    const all = Array.from({ length: 20 }, () => prepare('echo hello'));
    const outcomes = await Promise.all(all.map(({ request }) => make().execute(request, never)));
    expect(new Set(outcomes.map(({ type }) => type))).toEqual(new Set(['succeeded']));
  });
});

describe.runIf(process.platform !== 'win32')('the process executor', () => {
  const run = async (script: string, options?: Partial<ExecutionRequest>, signal = never) => {
    const made = prepare(script, options);
    return { ...made, outcome: await executor.execute(made.request, signal) };
  };

  it('reports the exit code of a script', async () => {
    expect((await run('exit 7')).outcome).toMatchObject({ type: 'failed', exitCode: 7, signal: null });
  });

  it('stops at the first command that fails', async () => {
    const { outcome, output } = await run('false\necho never');
    expect(outcome).toMatchObject({ type: 'failed', exitCode: 1 });
    expect(output().length).toBe(0);
  });

  it('reports the signal that ended a script', async () => {
    expect((await run('kill -s SEGV $$')).outcome).toMatchObject({
      type: 'failed',
      exitCode: null,
      signal: 'SIGSEGV',
    });
  });

  it('tells stdout from stderr and keeps bytes that are not UTF-8', async () => {
    const { output } = await run("printf '\\377\\376ok\\n'; printf 'warn\\n' >&2");
    expect(output('stdout')).toEqual(Buffer.from([0xff, 0xfe, 0x6f, 0x6b, 0x0a]));
    expect(output('stderr').toString()).toBe('warn\n');
  });

  it('gives a script no input, so that a prompt ends instead of waiting', async () => {
    const { output } = await run('cat; echo end');
    expect(output().toString()).toBe('end\n');
  });

  it('works in the folder it is given, with the variables it is given', async () => {
    const made = prepare('pwd; echo "$COLOUR"');
    const request = { ...made.request, env: { ...made.request.env, COLOUR: 'blue $HOME "quoted"' } };
    await executor.execute(request, never);
    expect(made.output().toString()).toBe(`${request.cwd}\nblue $HOME "quoted"\n`);
  });

  it('takes a script that is longer than an argument may be', async () => {
    const { outcome, output } = await run(`# ${'x'.repeat(300_000)}\necho done`);
    expect(outcome.type).toBe('succeeded');
    expect(output().toString()).toBe('done\n');
  });

  it('runs scripts of other interpreters', async () => {
    const { output } = await run('console.log(6 * 7)', {
      command: { script: 'console.log(6 * 7)', shell: 'node' },
    });
    expect(output().toString()).toBe('42\n');
  });

  it('says which program is missing', async () => {
    const { outcome } = await run('true', { command: { script: 'true', shell: 'no-such-shell {0}' } });
    expect(outcome).toMatchObject({ type: 'infra-error', error: { code: 'spawn-failed' } });
    expect(outcome).toMatchObject({ error: { message: expect.stringContaining('no-such-shell') as string } });
  });

  it('says that the working directory is missing', async () => {
    const { outcome } = await run('true', { cwd: '/no/such/folder' });
    expect(outcome).toMatchObject({
      error: { message: 'The working directory /no/such/folder does not exist' },
    });
  });

  it('loses none of a million bytes', async () => {
    const { output } = await run("head -c 1000000 /dev/zero | tr '\\0' x");
    expect(output().length).toBe(1_000_000);
  });

  it('does not read faster than the log takes it', async () => {
    let waiting = 0;
    let most = 0;
    const made = prepare("head -c 5000000 /dev/zero | tr '\\0' x");
    let total = 0;
    const log: ExecutionRequest['log'] = {
      write: (_stream, chunk) => {
        waiting += 1;
        most = Math.max(most, waiting);
        total += chunk.length;
        return new Promise((resolve) => {
          setImmediate(() => {
            waiting -= 1;
            resolve();
          });
        });
      },
      close: () => Promise.resolve(),
    };
    await executor.execute({ ...made.request, log }, never);
    expect(total).toBe(5_000_000);
    expect(most).toBeLessThanOrEqual(2);
  });

  it('ends with infra-error, not a crash, when the log cannot be written', async () => {
    const log: ExecutionRequest['log'] = {
      write: () => Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })),
      close: () => Promise.resolve(),
    };
    const { outcome, processes } = await run('yes', { log });
    expect(outcome).toMatchObject({ type: 'infra-error', error: { code: 'log-write-failed' } });
    expect(processes.size).toBe(0);
  });

  it('ends the whole tree on cancel, also what ignores the polite signal', async () => {
    const made = prepare("trap '' TERM; (trap '' TERM; sleep 60) & echo $! > child; sleep 60 & wait");
    const abort = new AbortController();
    const ended = executor.execute(made.request, abort.signal);
    const childFile = path.join(made.request.cwd, 'child');
    await until(() => existsSync(childFile) && readFileSync(childFile, 'utf8').endsWith('\n'));
    abort.abort();
    expect((await ended).type).toBe('cancelled');
    await until(() => !isAlive(Number(readFileSync(childFile, 'utf8'))));
    expect(made.processes.size).toBe(0);
  });

  it('ends what a script left running in its group', async () => {
    const { outcome, request } = await run('sleep 60 >/dev/null 2>&1 & echo $! > child');
    expect(outcome.type).toBe('succeeded');
    await until(() => !isAlive(Number(readFileSync(path.join(request.cwd, 'child'), 'utf8'))));
  });

  it.runIf(process.platform === 'linux')(
    'ends daemons that left their group when the run is released',
    async () => {
      const { outcome, request, runId } = await run(
        "setsid sh -c 'echo $$ > child; exec sleep 60' >/dev/null 2>&1 & while [ ! -s child ]; do sleep 0.05; done",
      );
      expect(outcome.type).toBe('succeeded');
      await executor.release(runId);
      await until(() => !isAlive(Number(readFileSync(path.join(request.cwd, 'child'), 'utf8'))));
    },
  );

  it.runIf(process.platform === 'linux')(
    'does not wait for ever for someone who keeps the output open',
    async () => {
      const { outcome, runId } = await run('setsid sleep 60 & echo started');
      expect(outcome.type).toBe('succeeded');
      await executor.release(runId);
    },
  );

  it('hands over what a step wrote to its command files, once', async () => {
    const { request } = await run('echo "name=value" >> "$PIPEWRIGHT_OUTPUT"');
    expect(await executor.readCommandFiles(request.commandPrefix)).toEqual({ output: 'name=value\n' });
    expect(await executor.readCommandFiles(request.commandPrefix)).toEqual({});
  });

  it('ignores other files in the command folder', async () => {
    const { request } = prepare('true');
    writeFileSync(`${request.commandPrefix}script.sh`, 'true');
    expect(await executor.readCommandFiles(request.commandPrefix)).toEqual({});
  });
});

/** Waits for a fact of another process; fails by the test's own timeout. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 10));
}
