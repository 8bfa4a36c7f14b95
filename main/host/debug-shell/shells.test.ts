import { expect, it, vi } from 'vitest';
import type { ShellSession } from '#main/engine/shell-place.ts';
import type { ShellOutput } from '#shared/api/procedures/shell.ts';
import { createShells } from './shells.ts';

interface ScriptedShell extends ShellSession {
  readonly print: (text: string) => void;
  readonly exit: (exitCode: number) => void;
  readonly isPaused: () => boolean;
}

/** A shell whose output the test decides. */
function scripted(): ScriptedShell {
  let listener: (text: string) => void = () => undefined;
  let isPaused = false;
  const ended = Promise.withResolvers<{ exitCode: number | null; signal: number | null }>();
  return {
    onData: (next) => {
      listener = next;
    },
    pause: () => {
      isPaused = true;
    },
    resume: () => {
      isPaused = false;
    },
    write: () => undefined,
    resize: () => undefined,
    ended: ended.promise,
    close: () => {
      ended.resolve({ exitCode: null, signal: 1 });
      return Promise.resolve();
    },
    print: (text) => listener(text),
    exit: (exitCode) => ended.resolve({ exitCode, signal: null }),
    isPaused: () => isPaused,
  };
}

async function collect(outputs: AsyncIterable<ShellOutput>): Promise<ShellOutput[]> {
  const all: ShellOutput[] = [];
  for await (const output of outputs) all.push(output);
  return all;
}

it('gives all output in order and then the end, also what came before someone read', async () => {
  const shells = createShells();
  const shell = scripted();
  const id = shells.add(shell);
  shell.print('a');
  shell.print('b');
  const all = collect(shells.read(id, undefined));
  shell.exit(3);
  expect(await all).toEqual([
    { type: 'data', text: 'ab' },
    { type: 'ended', exitCode: 3, signal: null },
  ]);
  expect(() => shells.get(id)).toThrow(/has ended/);
});

it('lets the shell wait while its output is not acknowledged', async () => {
  const shells = createShells();
  const shell = scripted();
  const id = shells.add(shell);
  shell.print('x'.repeat(300_000));
  expect(shell.isPaused()).toBe(true);
  shells.get(id).acknowledge(100_000);
  expect(shell.isPaused()).toBe(true);
  shells.get(id).acknowledge(200_000);
  expect(shell.isPaused()).toBe(false);
  await shells.closeAll();
});

it('ends a shell whose reader does not come back, and gives it to no second reader', async () => {
  vi.useFakeTimers();
  const shells = createShells();
  const shell = scripted();
  const id = shells.add(shell);
  const gone = new AbortController();
  const reading = collect(shells.read(id, gone.signal));
  await expect(collect(shells.read(id, undefined))).rejects.toMatchObject({ code: 'busy' });
  gone.abort();
  expect(await reading).toEqual([]);
  await vi.advanceTimersByTimeAsync(30_000);
  vi.useRealTimers();
  expect(await shell.ended).toEqual({ exitCode: null, signal: 1 });
});

it('begins for a reader that comes back with what it had last, and forgets what that has not acknowledged', async () => {
  const shells = createShells();
  const shell = scripted();
  const id = shells.add(shell);
  shell.print('x'.repeat(300_000));
  const gone = new AbortController();
  const first = shells.read(id, gone.signal);
  expect((await first.next()).value).toMatchObject({ type: 'data' });
  gone.abort();
  await first.return();
  shell.print('y');
  const again = collect(shells.read(id, undefined));
  shell.exit(0);
  const [replay, rest, end] = await again;
  expect(replay).toEqual({ type: 'data', text: 'x'.repeat(131_072), isReplay: true });
  expect(rest).toEqual({ type: 'data', text: 'y' });
  expect(end).toMatchObject({ type: 'ended' });
});
