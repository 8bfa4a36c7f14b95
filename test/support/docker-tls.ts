import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';

const DOCKER_SOCKET = '/var/run/docker.sock';

/** This machine's Docker as one that is reached over the network, with certificates on both sides. */
export interface TlsDocker extends AsyncDisposable {
  /** What the user sets to mean it. */
  readonly env: Readonly<Record<string, string>>;
}

export async function startTlsDocker(): Promise<TlsDocker> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-tls-'));
  const file = (name: string): string => path.join(dir, name);
  makeCertificates(dir);
  // The client's own folder holds no key of the server.
  mkdirSync(file('client'));
  for (const [from, to] of [
    ['ca.pem', 'ca.pem'],
    ['client.pem', 'cert.pem'],
    ['client.key', 'key.pem'],
  ] as const)
    writeFileSync(path.join(dir, 'client', to), readFileSync(file(from)));

  const open = new Set<Socket>();
  const server = tls.createServer(
    {
      ca: readFileSync(file('ca.pem')),
      cert: readFileSync(file('server.pem')),
      key: readFileSync(file('server.key')),
      ...{ requestCert: true, rejectUnauthorized: true, allowHalfOpen: true },
    },
    (client) => {
      const daemon = connect({ path: DOCKER_SOCKET, allowHalfOpen: true });
      for (const [one, other] of [
        [client, daemon],
        [daemon, client],
      ] as const) {
        open.add(one);
        one.once('close', () => {
          open.delete(one);
          other.destroy();
        });
        one.on('error', () => undefined);
        one.pipe(other);
      }
    },
  );
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    env: {
      DOCKER_HOST: `tcp://localhost:${port}`,
      DOCKER_TLS_VERIFY: '1',
      DOCKER_CERT_PATH: file('client'),
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function makeCertificates(dir: string): void {
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' });
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...key,
    '-days',
    '2',
    '-subj',
    '/CN=test-ca',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
  );
  writeFileSync(path.join(dir, 'server.ext'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  writeFileSync(path.join(dir, 'client.ext'), 'extendedKeyUsage=clientAuth\n');
  for (const name of ['server', 'client']) {
    openssl('req', ...key, '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
    const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2'];
    openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-extfile', `${name}.ext`, '-out', `${name}.pem`);
  }
}
