import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive } from '#test/support/execution.ts';
import { createKindFixture, isMissing, type KindFixture } from './kind-fixture.ts';

let fixture: KindFixture;
beforeEach(async () => {
  fixture = await createKindFixture();
  fixture.write('package.json', '{"type":"module"}');
});
afterEach(() => fixture[Symbol.asyncDispose]());

const SERVE = `
import { createServer } from 'node:http';
console.log('the service is up');
createServer((request, response) => response.end('hello')).listen(Number(process.env.PORT), '127.0.0.1');
`;
const ASK = `
import { test } from 'node:test';
import { equal } from 'node:assert';
test('greets', async () => {
  const response = await fetch(\`http://\${process.env.WEB_HOST}:\${process.env.WEB_PORT_8080}/\`);
  equal(await response.text(), 'hello');
});
`;
/** PostgreSQL refuses to be root. */
const DATABASE = `
set -eu
PATH="$PATH:$(echo /usr/lib/postgresql/*/bin | tr ' ' ':')"
as=''
if [ "$(id -u)" = 0 ]; then as='setpriv --reuid=postgres --regid=postgres --clear-groups'; fi
cd "$DB_DIR"
$as initdb -D data -A trust -U app --locale=C --no-sync > initdb.log
exec $as postgres -D data -p "$PORT" -h 127.0.0.1 -k "$DB_DIR" -c fsync=off
`;
const ASK_BOTH = `
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { equal } from 'node:assert';
const { DB_DIR, DB_PORT_5432, CACHE_HOST, CACHE_PORT_6379 } = process.env;
test('counts rows', () => {
  const args = ['-h', DB_DIR, '-p', DB_PORT_5432, '-U', 'app', '-d', 'postgres', '-qtAc'];
  execFileSync('psql', [...args, 'create table cart (item text)']);
  execFileSync('psql', [...args, "insert into cart values ('tea'), ('cup')"]);
  equal(execFileSync('psql', [...args, 'select count(*) from cart'], { encoding: 'utf8' }).trim(), '2');
});
test('is answered by the cache', async () => {
  const socket = connect(Number(CACHE_PORT_6379), CACHE_HOST);
  socket.write('PING\\r\\n');
  const [answer] = await once(socket, 'data');
  socket.destroy();
  equal(String(answer), '+PONG\\r\\n');
});
`;
const isPostgresMissing = (): boolean =>
  isMissing('psql', 'setpriv', 'redis-server') ||
  (process.env['CI'] === undefined && globSync('/usr/lib/postgresql/*/bin/postgres').length === 0);

const services = { web: { run: 'node serve.mjs', ports: [8080] } };

describe('test.integration', () => {
  it('runs its example against a service that is ready, told by variables', async () => {
    fixture.write('serve.mjs', SERVE);
    fixture.write('a.test.js', ASK);
    const run = await fixture.runExample('test.integration', { services });
    expect(run.outcome()).toBe('succeeded');
    expect(run.report('tests')).toMatchObject({ total: 1, passed: 1 });
  });

  it.skipIf(isPostgresMissing())('runs against PostgreSQL and Redis of this machine', async () => {
    // The user of the database has to reach it.
    const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-database-'));
    chmodSync(dir, 0o777);
    try {
      fixture.write('database.sh', DATABASE);
      fixture.write('both.test.js', ASK_BOTH);
      const run = await fixture.runStage({
        uses: 'test.integration',
        env: { DB_DIR: dir },
        services: {
          db: { run: 'exec sh database.sh', ports: [5432], env: { DB_DIR: dir } },
          cache: {
            run: 'exec redis-server --port "$PORT" --bind 127.0.0.1 --save ""',
            ports: [6379],
          },
        },
      });
      expect(run.outcome(), await run.log()).toBe('succeeded');
      expect(run.report('tests')).toMatchObject({ total: 2, passed: 2 });
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('refuses to run against nothing', async () => {
    const run = await fixture.runStage({ uses: 'test.integration' });
    expect(run.outcome()).toMatch(/^failed: it has no `services` to test against/);
  });

  it('could not judge when what it waits for does not come', async () => {
    const server = createServer((_, response) => response.writeHead(503).end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const settings = { 'wait-for': `http://127.0.0.1:${port}/health`, 'wait-timeout': '300ms' };
    const run = await fixture.runStage({ uses: 'test.integration', with: settings });
    await new Promise((resolve) => server.close(resolve));
    expect(run.outcome()).toMatch(
      /^infra-error: http:.*\/health was not ready after 300ms: it answered 503\./,
    );
    const gone = { 'wait-for': `tcp://127.0.0.1:${port}`, 'wait-timeout': '300ms' };
    const refused = await fixture.runStage({ uses: 'test.integration', with: gone });
    expect(refused.outcome()).toMatch(/^infra-error: tcp:.* was not ready after 300ms: /);
    const odd = await fixture.runStage({ uses: 'test.integration', with: { 'wait-for': 'ftp://x' } });
    expect(odd.outcome()).toMatch(/^failed: `wait-for`: ftp:\/\/x is no address/);
  });

  it.skipIf(process.platform !== 'linux')('ends what tests leave running, and fails for it', async () => {
    fixture.write('serve.mjs', SERVE);
    const pid = path.join(fixture.dir, 'pid');
    fixture.write(
      'a.test.js',
      `import { test } from 'node:test';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
test('leaves', () => {
  const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
  child.unref();
  writeFileSync(${JSON.stringify(pid)}, String(child.pid));
});`,
    );
    const run = await fixture.runStage({ uses: 'test.integration', services });
    expect(run.outcome()).toBe('failed: The tests left a process running: sleep 600');
    expect(isAlive(Number(readFileSync(pid, 'utf8')))).toBe(false);
    const warned = await fixture.runStage({ uses: 'test.integration', services, with: { leaks: 'warn' } });
    expect(warned.outcome()).toBe('succeeded');
    expect(warned.stage().issues.map(({ code }) => code)).toEqual(['process-left']);
  });
});
