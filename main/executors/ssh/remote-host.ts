import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { AppError } from '#shared/lib/app-error.ts';
import { CONTROL_SOCKET, makeControlFolder } from './control-folder.ts';
import { parseFacts, PROBE, type RemoteFacts } from './remote-facts.ts';
import { framed, READS_SCRIPT, READS_SCRIPT_THEN_INPUT } from './remote-text.ts';
import { checkHost, commonArguments, parseOptions, type SshProgram } from './ssh-arguments.ts';
import { sshFailure } from './ssh-failure.ts';
import { killSsh, type SshSession, startSsh } from './ssh-session.ts';

const isWindows = process.platform === 'win32';
const run = promisify(execFile);

/** A host, reached over one connection that all commands share (each has one of its own on Windows, whose ssh cannot share). */
export interface RemoteHost {
  readonly name: string;
  /** Connects when there is no connection. @throws AppError `ssh-failed`, `host-key-changed` */
  connect(signal: AbortSignal): Promise<RemoteFacts>;
  /** Starts a script for the remote `sh`; its input stays open. */
  start(script: string, hasInput?: boolean): SshSession;
  /**
   * Runs a script to its end.
   * @param input what it reads, instead of nothing
   * @param output where its standard output goes, no faster than that takes it; ended with it
   * @returns all that it wrote on standard output; nothing with `output`
   * @throws AppError `ssh-failed` without a connection, `place-failed` when it exits with anything but 0
   */
  run(script: string, signal: AbortSignal, input?: Readable, output?: Writable): Promise<Buffer>;
  /** The arguments of an `ssh` that runs a command there on a terminal. */
  terminalArguments(command: string): readonly string[];
  /** A command for rsync's `-e`. */
  readonly shellCommand: string;
  /** Whether `control` can do anything: connections are shared. */
  readonly canForward: boolean;
  /** Tells the connection something (`-O …`). Never rejects: without one the exit code is not 0. */
  control(args: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }>;
  /** Calls back whenever there is another connection after one that was lost; the returned function ends that. */
  onReconnected(listener: () => void): () => void;
  /** Ends the connection. Idempotent. */
  close(): Promise<void>;
}

/** @throws AppError `ssh-failed` for a name that cannot be one */
export function createRemoteHost(name: string, program: SshProgram): RemoteHost {
  checkHost(name);
  let opening: Promise<Connection> | null = null;
  let connection: Connection | null = null;
  let starting: SshSession | null = null;
  const listeners = new Set<() => void>();

  async function open(): Promise<Connection> {
    const args = commonArguments(program, await optionsOf(name, program));
    const folder = await makeControlFolder();
    const master = isWindows
      ? []
      : ['-M', '-S', path.join(folder, CONTROL_SOCKET), '-o', 'ControlPersist=no'];
    const session = startSsh(program.file, [...args, ...master, '--', name, READS_SCRIPT], folder);
    starting = session;
    const made: Connection = { folder, args, session, facts: null, isOver: false };
    void session.ended.then(() => {
      made.isOver = true;
    });
    session.child.stderr.resume();
    session.child.stdin.write(framed(PROBE));
    let text = '';
    const facts = await new Promise<RemoteFacts | null>((resolve) => {
      session.child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        const parsed = parseFacts(text);
        if (parsed !== null) resolve(parsed);
      });
      void session.ended.then(() => resolve(null));
    });
    starting = null;
    if (facts !== null) {
      made.facts = facts;
      return made;
    }
    const { code, words } = await session.ended;
    await rm(folder, { recursive: true, force: true });
    if (code === 255 || code === null) throw sshFailure(name, words);
    throw new AppError('ssh-failed', `${name} has no POSIX shell that Pipewright could use.`, {
      hint: 'Stages run on hosts with sh, tail, head and find.',
    });
  }

  async function drop(): Promise<void> {
    if (starting !== null) killSsh(starting);
    // Why it could not be opened is told to whoever asked for it.
    const old = connection ?? (await opening?.catch(() => null)) ?? null;
    connection = null;
    opening = null;
    if (old === null) return;
    old.session.child.stdin.end();
    killSsh(old.session);
    await old.session.ended;
    await rm(old.folder, { recursive: true, force: true });
  }

  function current(): Connection {
    if (connection === null) throw new AppError('ssh-failed', `There is no connection to ${name}.`);
    return connection;
  }

  const sharing = ({ folder, args }: Connection): readonly string[] =>
    isWindows ? args : [...args, '-S', path.join(folder, CONTROL_SOCKET), '-o', 'ControlMaster=no'];

  return {
    name,
    async connect(signal) {
      signal.throwIfAborted();
      const isLost = connection?.isOver === true;
      if (isLost) await drop();
      opening ??= open().then(
        (made) => {
          connection = made;
          if (isLost) for (const listener of listeners) listener();
          return made;
        },
        (error: unknown) => {
          opening = null;
          throw error;
        },
      );
      const { facts } = await abortable(opening, signal);
      return facts!;
    },
    start(script, hasInput = false) {
      const made = current();
      const bootstrap = hasInput ? READS_SCRIPT_THEN_INPUT : READS_SCRIPT;
      const session = startSsh(program.file, [...sharing(made), '--', name, bootstrap], made.folder);
      session.child.stdin.write(framed(script));
      return session;
    },
    async run(script, signal, input, output) {
      signal.throwIfAborted();
      const mark = `pipewright-${randomBytes(8).toString('hex')}\n`;
      const session = this.start(`printf '%s\\n' ${mark.trim()}\n${script}`, input !== undefined);
      const chunks: Buffer[] = [];
      let said = '';
      const taken = output === undefined ? null : passAfter(mark, session.child.stdout, output);
      if (taken === null) session.child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
      session.child.stderr.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-2_000);
      });
      if (input === undefined) session.child.stdin.end();
      else input.pipe(session.child.stdin);
      const onAbort = (): void => void session.child.kill();
      signal.addEventListener('abort', onAbort, { once: true });
      const { code, words } = await session.ended;
      signal.removeEventListener('abort', onAbort);
      // Whoever still writes into it is not to wait for a reader that is gone.
      input?.destroy();
      output?.end();
      signal.throwIfAborted();
      if (code === 255 || code === null) throw sshFailure(name, words);
      if (code === 0 && taken?.isBegun() === true) return Buffer.alloc(0);
      const all = Buffer.concat(chunks);
      const begin = all.indexOf(mark);
      if (code === 0 && begin >= 0) return all.subarray(begin + mark.length);
      throw new AppError(
        'place-failed',
        `A command of Pipewright failed on ${name}: ${lastLine(said, code)}.`,
      );
    },
    // `-e none`: what is typed is the shell's, `~.` too.
    terminalArguments: (command) => [...sharing(current()), '-tt', '-e', 'none', '--', name, command],
    get shellCommand() {
      return [program.file, ...sharing(current())].map(forRsync).join(' ');
    },
    canForward: !isWindows,
    async control(args) {
      if (connection === null) return { code: null, output: '' };
      // Without a configuration: what it forwards on its own is none of Pipewright's.
      const all = ['-F', 'none', '-S', path.join(connection.folder, CONTROL_SOCKET), ...args, '--', name];
      const { child, ended } = startSsh(program.file, all, connection.folder);
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
      child.stderr.resume();
      child.stdin.end();
      const { code, words } = await ended;
      return { code, output: output === '' ? words : output };
    },
    onReconnected(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: drop,
  };
}

interface Connection {
  readonly folder: string;
  readonly args: readonly string[];
  readonly session: SshSession;
  facts: RemoteFacts | null;
  isOver: boolean;
}

/** Copies what comes after the mark; what start files of the shell print stands before it. */
function passAfter(mark: string, source: Readable, output: Writable): { isBegun(): boolean } {
  let held: Buffer | null = Buffer.alloc(0);
  source.on('data', (chunk: Buffer) => {
    let part = chunk;
    if (held !== null) {
      held = Buffer.concat([held, chunk]);
      const begin = held.indexOf(mark);
      if (begin < 0) return;
      part = held.subarray(begin + mark.length);
      held = null;
    }
    if (output.write(part) || output.destroyed) return;
    source.pause();
    const goOn = (): void => {
      output.off('drain', goOn);
      output.off('close', goOn);
      source.resume();
    };
    output.on('drain', goOn);
    output.on('close', goOn);
  });
  return { isBegun: () => held === null };
}

/** The options of a host; without an answer, those that nobody has set. */
async function optionsOf(name: string, program: SshProgram): Promise<ReadonlyMap<string, string>> {
  const config = program.configFile === null ? [] : ['-F', program.configFile];
  try {
    const { stdout } = await run(program.file, [...config, '-G', '--', name], { windowsHide: true });
    return parseOptions(stdout);
  } catch (error) {
    const words = (error as { stderr?: string }).stderr ?? '';
    throw sshFailure(name, words === '' ? String(error) : words);
  }
}

/** rsync splits its command at spaces and knows quotes. */
function forRsync(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `"${word.replaceAll('"', '""')}"`;
}

function lastLine(text: string, code: number): string {
  const lines = text.trim().split('\n');
  const line = lines.find((each) => /no space left/i.test(each)) ?? lines.at(-1) ?? '';
  return line === '' ? `it ended with exit code ${code}` : line.replace(/[.\s]+$/, '');
}

function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
