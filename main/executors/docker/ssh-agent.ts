import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import http from 'node:http';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { DaemonAddress } from './daemon-address.ts';

/**
 * Connections to a daemon through the user's own `ssh`, with its configuration, keys and known hosts, as `docker` makes
 * them. Each is a process that ends with its connection; an idle one is kept for the next call, and keeps no process alive.
 * @param env `PIPEWRIGHT_SSH_CONFIG` names another configuration file than the user's own
 */
export function createSshAgent(
  { target, port }: Extract<DaemonAddress, { type: 'ssh' }>,
  env: NodeJS.ProcessEnv,
): http.Agent {
  const config = env['PIPEWRIGHT_SSH_CONFIG'] ?? '';
  const args = [
    ...(config === '' ? [] : ['-F', config]),
    ...['-T', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=30'],
    ...(port === null ? [] : ['-p', String(port)]),
    ...['--', target, 'docker', 'system', 'dial-stdio'],
  ];
  const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 2 });
  agent.createConnection = () => connectionOf(spawn('ssh', args, { env, windowsHide: true }));
  return agent;
}

/** The input and output of a process as a connection; what it says when it fails is the connection's error. */
function connectionOf(child: ChildProcessWithoutNullStreams): Duplex {
  const { stdin, stdout, stderr } = child;
  let said = '';
  stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MAX_WORDS);
  });
  const connection = new Duplex({
    read: () => void stdout.resume(),
    // What cannot be written is told by the end of the process, in its own words.
    write: (chunk: Buffer, _encoding, written) => stdin.write(chunk, () => written()),
    final: (ended) => stdin.end(() => ended()),
    destroy(error, done) {
      child.kill();
      done(error);
    },
  });
  stdin.on('error', () => undefined);
  stdout.on('data', (chunk: Buffer) => {
    if (!connection.push(chunk)) stdout.pause();
  });
  child.once('error', (error) => connection.destroy(error));
  child.once('close', (code) => {
    if (code === 0 || code === null) connection.push(null);
    else connection.destroy(lost(said.trim() === '' ? `ssh ended with ${code}` : said.trim()));
  });
  return Object.assign(connection, socketMethods(connection, child));
}

/** As of a connection that breaks, which it is. */
const lost = (message: string): Error => Object.assign(new Error(message), { code: 'ECONNRESET' });

/** What an agent asks of a connection that it keeps. */
function socketMethods(connection: Duplex, child: ChildProcessWithoutNullStreams) {
  const parts = [child, child.stdin, child.stdout, child.stderr] as unknown as readonly Pick<
    Socket,
    'ref' | 'unref'
  >[];
  const itself = (): Duplex => connection;
  return {
    ref() {
      for (const part of parts) part.ref();
      return connection;
    },
    unref() {
      for (const part of parts) part.unref();
      return connection;
    },
    ...{ setKeepAlive: itself, setNoDelay: itself, setTimeout: itself },
  };
}

/** Characters of what ssh says that are kept for the error. */
const MAX_WORDS = 500;
