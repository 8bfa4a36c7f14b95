import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startChild } from './child-server.ts';

/** Debian's registry on loopback; `ci` with the password `ci-secret` may do everything, others nothing. */
export interface TestRegistry extends AsyncDisposable {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly password: string;
  output(): string;
}

/** @param isOpen whether anybody may do everything */
export async function startDockerRegistry(isOpen = false): Promise<TestRegistry> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-registry-'));
  const password = 'ci-secret-4711';
  const users = path.join(dir, 'htpasswd');
  writeFileSync(users, execFileSync('htpasswd', ['-Bbn', 'ci', password]));
  const config = {
    version: 0.1,
    log: { level: 'info' },
    storage: { filesystem: { rootdirectory: path.join(dir, 'data') }, delete: { enabled: true } },
    http: { addr: '127.0.0.1:0', secret: 'test' },
    ...(isOpen ? {} : { auth: { htpasswd: { realm: 'test', path: users } } }),
  };
  const file = path.join(dir, 'config.yml');
  writeFileSync(file, JSON.stringify(config));
  const { server, found } = await startChild(
    ['docker-registry', 'serve', file],
    /listening on (127\.0\.0\.1:\d+)/,
  );
  return {
    host: found[1] ?? '',
    password,
    output: server.output,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
