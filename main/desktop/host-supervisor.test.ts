import { describe, expect, it } from 'vitest';
import type { HostStatus } from '#shared/api/desktop-ipc.ts';
import type { HostEvents } from './host-process.ts';
import { HostSupervisor } from './host-supervisor.ts';

interface FakePort {
  readonly isClosed: boolean;
  close(): void;
}

/** A supervisor over hosts that do what the test says. */
function setUp(): {
  supervisor: HostSupervisor<FakePort>;
  lives: HostEvents[];
  calls: string[];
  statuses: HostStatus[];
} {
  const lives: HostEvents[] = [];
  const calls: string[] = [];
  const statuses: HostStatus[] = [];
  const supervisor = new HostSupervisor<FakePort>({
    start: (events) => {
      lives.push(events);
      return {
        connect: () => calls.push('connect'),
        answerKeychain: (id, answer) => calls.push(`${id} ${answer.ok ? answer.value : answer.message}`),
        shutdown: () => {
          calls.push('shutdown');
          events.onExit('ended with exit code 0');
        },
        kill: () => events.onExit('was killed'),
      };
    },
    onStatus: (status) => statuses.push(status),
    onOutput: () => undefined,
    askKeychain: ({ type }) => Promise.resolve({ ok: true, value: type }),
    onNotice: ({ title }) => calls.push(title),
  });
  supervisor.start();
  return { supervisor, lives, calls, statuses };
}

function port(): FakePort {
  const fake = {
    isClosed: false,
    close: () => {
      fake.isClosed = true;
    },
  };
  return fake;
}

const READY = { type: 'ready', version: '1.0.0', dataDir: '/data' } as const;

describe('HostSupervisor', () => {
  it('connects a window that came while the host was starting', async () => {
    const { supervisor, lives, calls } = setUp();
    const answer = supervisor.connect(port());
    lives[0]?.onMessage(READY);
    await expect(answer).resolves.toBeNull();
    expect(calls).toEqual(['connect']);
    await supervisor.quit();
  });

  it('tells why a host could not start, in its own words', async () => {
    const { supervisor, lives, statuses } = setUp();
    lives[0]?.onMessage({
      type: 'failed',
      message: 'The database was written by a newer Pipewright.',
      hint: 'Update it.',
    });
    lives[0]?.onExit('ended with exit code 4');
    const lost = {
      status: 'lost',
      message: 'The database was written by a newer Pipewright.',
      hint: 'Update it.',
    };
    expect(statuses).toEqual([lost]);
    const refused = port();
    await expect(supervisor.connect(refused)).resolves.toEqual(lost);
    expect(refused.isClosed).toBe(true);
  });

  it('names the exit and the last line of output of a host that died', () => {
    const { lives, statuses } = setUp();
    lives[0]?.onMessage(READY);
    lives[0]?.onOutput('Error: out of memory\n    at somewhere (host.cjs:1:1)\n');
    lives[0]?.onExit('was ended by SIGKILL');
    expect(statuses.at(-1)).toEqual({
      status: 'lost',
      message: 'The engine was ended by SIGKILL.',
      hint: 'Error: out of memory',
    });
  });

  it('starts a dead host again when asked, and never two at once', async () => {
    const { supervisor, lives } = setUp();
    supervisor.start();
    expect(lives).toHaveLength(1);
    lives[0]?.onExit('ended with exit code 1');
    supervisor.start();
    expect(lives).toHaveLength(2);
    lives[1]?.onMessage(READY);
    await expect(supervisor.connect(port())).resolves.toBeNull();
    await supervisor.quit();
  });

  it('lets the host stop its runs when the application quits and does not call that a loss', async () => {
    const { supervisor, lives, calls, statuses } = setUp();
    lives[0]?.onMessage(READY);
    await supervisor.quit();
    expect(calls).toEqual(['shutdown']);
    expect(statuses).toEqual([{ status: 'ready' }]);
  });

  it('hands on what people are to be told', async () => {
    const { supervisor, lives, calls } = setUp();
    lives[0]?.onMessage(READY);
    lives[0]?.onMessage({ type: 'notice', title: 'Shop #1 failed', body: '', runId: 'r1' });
    expect(calls).toEqual(['Shop #1 failed']);
    await supervisor.quit();
  });

  it('answers what the host asks of the keychain', async () => {
    const { supervisor, lives, calls } = setUp();
    lives[0]?.onMessage({ type: 'keychain', id: 7, request: { type: 'unavailable' } });
    await Promise.resolve();
    expect(calls).toEqual(['7 unavailable']);
    lives[0]?.onExit('ended with exit code 0');
    await supervisor.quit();
  });
});
