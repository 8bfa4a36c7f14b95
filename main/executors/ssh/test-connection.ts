import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { HOST_TEST_STEPS, type HostTestEvent, type HostTestStep } from '#shared/api/host-schemas.ts';
import { type AppError, toAppError } from '#shared/lib/app-error.ts';
import { removalHint } from './accept-host-key.ts';
import { isKnownIn, scanHostKeys } from './host-keys.ts';
import { type HostTarget, hostTarget } from './host-target.ts';
import { framed, READS_SCRIPT } from './remote-text.ts';
import { ownRsync } from './rsync.ts';
import { commonArguments, type SshProgram } from './ssh-arguments.ts';
import { sshFailure } from './ssh-failure.ts';
import { killSsh, type SshSession, startSsh } from './ssh-session.ts';
import {
  findClock,
  findDisk,
  findRsync,
  findShell,
  parseTold,
  TEST_PROBE,
  type ToldLine,
} from './test-probe.ts';
import { type Finding, findAddress, knock } from './test-reach.ts';

/** A host that takes longer than this for all of it is one that does not answer. */
const TEST_MS = 60_000;

/**
 * Tries whether stages can run on a host, with the user's own ssh and a connection of its own, and tells each step as it
 * happens. Nothing is accepted, added or left behind. Ends without a word when `signal` aborts; never rejects.
 */
export async function* testConnection(
  name: string,
  program: SshProgram,
  signal: AbortSignal,
): AsyncGenerator<HostTestEvent, void, undefined> {
  const timeout = AbortSignal.timeout(TEST_MS);
  const steps = testSteps({ name, program, signal: AbortSignal.any([signal, timeout]) });
  let open: HostTestStep = 'name';
  try {
    for await (const event of steps) {
      open = event.step;
      yield event;
      if (event.status === 'failed') break;
    }
  } catch (error) {
    if (signal.aborted) return;
    if (timeout.aborted) yield failed(open, 'The host did not answer within a minute.', 'Try again later.');
    else {
      const { message, hint } = toAppError(error, 'ssh-failed');
      yield failed(open, message, hint);
    }
  }
  if (signal.aborted) return;
  // A test that came to its end has told of all steps.
  for (const step of HOST_TEST_STEPS.slice(HOST_TEST_STEPS.indexOf(open) + 1))
    yield { step, status: 'skipped', words: null, wayOut: null, offeredKey: null };
}

interface Test {
  readonly name: string;
  readonly program: SshProgram;
  readonly signal: AbortSignal;
}

type Steps = AsyncGenerator<HostTestEvent, void, undefined>;

async function* testSteps(test: Test): Steps {
  const { name, program, signal } = test;
  yield running('name');
  const target = await hostTarget(name, program, signal);
  const address = await findAddress(target, signal);
  yield told('name', address);
  if (address.status === 'failed') return;
  yield running('port');
  const answer: Finding = target.isProxied
    ? { status: 'skipped', words: 'It is not this machine that connects to it.' }
    : await knock(target, signal);
  yield told('port', answer);
  if (answer.status === 'failed') return;
  yield running('host-key');
  yield* testSession(test, target);
}

async function* testSession(test: Test, target: HostTarget): Steps {
  const { name, program, signal } = test;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pw-'));
  const own = ['StrictHostKeyChecking=yes', 'UpdateHostKeys=no', 'ControlMaster=no', 'ControlPath=none'];
  const args = [
    // The first value of an option counts: nothing that the user has set may accept a key here.
    ...own.flatMap((option) => ['-o', option]),
    ...commonArguments(program, target.options),
    ...['--', name, READS_SCRIPT],
  ];
  const session = startSsh(program.file, args, folder);
  const onAbort = (): void => killSsh(session);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    session.child.stderr.resume();
    session.child.stdin.end(framed(TEST_PROBE));
    const isIn = yield* tellLines(session, target);
    const { code, words } = await session.ended;
    signal.throwIfAborted();
    if (isIn) return;
    if (code === 255 || code === null) yield* whyNot(test, target, sshFailure(name, words), words);
    else {
      yield* loggedIn(target);
      yield failed(
        'shell',
        `${name} runs no commands in a POSIX shell.`,
        'Stages run on hosts with sh, tail, head and find.',
      );
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    killSsh(session);
    await session.ended;
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns false when the session told nothing */
async function* tellLines(
  session: SshSession,
  target: HostTarget,
): AsyncGenerator<HostTestEvent, boolean, undefined> {
  const rsync = await ownRsync();
  let isIn = false;
  let cacheFolder = '';
  let disk: Finding | null = null;
  for await (const line of createInterface({ input: session.child.stdout })) {
    const one = parseTold(line);
    if (one === null) continue;
    if (!isIn) yield* loggedIn(target);
    isIn = true;
    if (one.name === 'root') cacheFolder = one.text;
    if (one.name === 'disk') disk = findDisk(one.text);
    else if (one.name === 'root' && disk !== null)
      yield* both('disk', {
        ...disk,
        words: disk.words.replace('are free.', `are free for ${cacheFolder}.`),
      });
    else yield* tellLine(one, rsync);
  }
  return isIn;
}

function* tellLine({ name, text }: ToldLine, rsync: string | null): Generator<HostTestEvent> {
  if (name === 'shell') yield* both('shell', findShell(text));
  if (name === 'rsync') yield* both('rsync', findRsync(text, rsync));
  if (name === 'clock') yield* both('clock', findClock(text, Date.now()));
}

function* loggedIn({ user }: HostTarget): Generator<HostTestEvent> {
  yield told('host-key', { status: 'passed', words: 'It is the one that is known.' });
  const words = user === '' ? 'It let you in.' : `It let ${user} in without a question.`;
  yield* both('login', { status: 'passed', words });
}

/** Which step it was that ssh failed at. */
async function* whyNot(test: Test, target: HostTarget, failure: AppError, words: string): Steps {
  const { name, signal } = test;
  if (failure.code === 'host-key-changed') {
    const file = await knownFile(target, signal);
    yield failed('host-key', failure.message, file === null ? failure.hint : removalHint(target, file));
  } else if (/Host key verification failed|No .* host key is known/i.test(words)) {
    const [key] = await scanHostKeys(target, signal);
    const { message, hint } = failure;
    if (key === undefined) yield failed('host-key', message, hint);
    else
      yield {
        ...failed(
          'host-key',
          `No key of ${name} is known yet; it shows ${key.type} ${key.fingerprint}.`,
          'Compare the fingerprint with what the host has (ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub there), and accept it only if it is the same.',
        ),
        offeredKey: { type: key.type, fingerprint: key.fingerprint },
      };
  } else if (/kex|key exchange|host key/i.test(words))
    yield failed('host-key', failure.message, failure.hint);
  else {
    const isRefused = /Permission denied|Too many authentication failures/i.test(words);
    yield isRefused
      ? told('host-key', { status: 'passed', words: 'It is the one that is known.' })
      : told('host-key', { status: 'skipped', words: 'The connection did not get that far.' });
    yield running('login');
    yield failed('login', failure.message, failure.hint);
  }
}

async function knownFile(target: HostTarget, signal: AbortSignal): Promise<string | null> {
  for (const file of target.knownHostsFiles) if (await isKnownIn(file, target.knownName, signal)) return file;
  return null;
}

const running = (step: HostTestStep): HostTestEvent => ({
  ...{ step, status: 'running', words: null, wayOut: null, offeredKey: null },
});

const told = (step: HostTestStep, { status, words, wayOut }: Finding): HostTestEvent => ({
  ...{ step, status, words, wayOut: wayOut ?? null, offeredKey: null },
});

const failed = (step: HostTestStep, words: string, wayOut: string | null): HostTestEvent => ({
  ...{ step, status: 'failed', words, wayOut, offeredKey: null },
});

function* both(step: HostTestStep, finding: Finding): Generator<HostTestEvent> {
  yield running(step);
  yield told(step, finding);
}
