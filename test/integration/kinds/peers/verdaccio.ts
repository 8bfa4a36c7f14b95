import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startChild } from './child-server.ts';
import { freePort } from './free-port.ts';

const VERDACCIO = path.resolve(import.meta.dirname, '../../../tools/node_modules/verdaccio/bin/verdaccio');

/** A registry of npm packages on loopback that knows no other; `ci` may publish, `bob` may only read. */
export interface TestVerdaccio extends AsyncDisposable {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly password: string;
  /** Of `ci`. */
  readonly token: string;
}

export async function startVerdaccio(): Promise<TestVerdaccio> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-verdaccio-'));
  const password = 'verdaccio-secret-4711';
  const users = path.join(dir, 'htpasswd');
  const lines = ['ci', 'bob'].map((user) =>
    execFileSync('htpasswd', ['-Bbn', user, password], { encoding: 'utf8' }),
  );
  writeFileSync(users, `${lines.map((line) => line.trim()).join('\n')}\n`);
  const config = {
    storage: path.join(dir, 'storage'),
    auth: { htpasswd: { file: users, max_users: -1 } },
    uplinks: {},
    packages: { '**': { access: '$authenticated', publish: 'ci', unpublish: 'ci' } },
    log: { type: 'stdout', format: 'json', level: 'info' },
  };
  const file = path.join(dir, 'config.yaml');
  writeFileSync(file, JSON.stringify(config));
  const host = `127.0.0.1:${await freePort()}`;
  const { server } = await startChild(
    [process.execPath, VERDACCIO, '--config', file, '--listen', host],
    /http address/,
  );
  return {
    host,
    password,
    token: await signIn(host, password),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function signIn(host: string, password: string): Promise<string> {
  const answer = await fetch(`http://${host}/-/user/org.couchdb.user:ci`, {
    method: 'PUT',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`ci:${password}`).toString('base64')}`,
    },
    body: JSON.stringify({ name: 'ci', password }),
  });
  const { token } = (await answer.json()) as { readonly token?: string };
  if (token === undefined) throw new Error(`verdaccio gave no token: ${answer.status}`);
  return token;
}
