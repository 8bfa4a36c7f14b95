import { spawn } from 'node:child_process';
import http from 'node:http';
import { Duplex } from 'node:stream';
import type { DaemonAddress } from './daemon-address.ts';

/**
 * Connections to a daemon through the user's own `ssh`, with its configuration, keys and known hosts, as `docker` makes
 * them. Each is a process that ends with its connection; idle ones are used again.
 */
export function createSshAgent(
  { target, port }: Extract<DaemonAddress, { type: 'ssh' }>,
  env: NodeJS.ProcessEnv,
): http.Agent {
  const args = [
    ...['-T', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=30'],
    ...(port === null ? [] : ['-p', String(port)]),
    ...['--', target, 'docker', 'system', 'dial-stdio'],
  ];
  const agent = new http.Agent();
  agent.createConnection = () => {
    const child = spawn('ssh', args, { env, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-MAX_WORDS);
    });
    const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
    stream.once('close', () => child.kill());
    child.once('error', (error) => stream.destroy(error));
    child.once('exit', (code) => {
      if (code !== 0 && code !== null)
        stream.destroy(new Error(said.trim() === '' ? `ssh ended with ${code}` : said.trim()));
    });
    return stream;
  };
  return agent;
}

/** Characters of what ssh says that are kept for the error. */
const MAX_WORDS = 500;
