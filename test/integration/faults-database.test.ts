import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, it } from 'vitest';
import { createCliFixture } from './cli-fixture.ts';

const PIPELINE = "workspace: in-place\nstages: { a: { run: 'echo hello' } }\n";

function hashes(dir: string): Record<string, string> {
  const files = fs.readdirSync(dir, { recursive: true, encoding: 'utf8' });
  const entries = files.filter((file) => fs.statSync(path.join(dir, file)).isFile()).toSorted();
  return Object.fromEntries(
    entries.map((file) => [
      file,
      createHash('sha256')
        .update(fs.readFileSync(path.join(dir, file)))
        .digest('hex'),
    ]),
  );
}

it('refuses a database of a newer version from every command, from `serve` and in the desktop, and changes no byte', async () => {
  await using fixture = createCliFixture(PIPELINE);
  expect((await fixture.cli('run')).code).toBe(0);
  const newer = new SqliteDatabase(path.join(fixture.dataDir, 'pipewright.db'));
  newer.pragma('user_version = 999');
  newer.close();
  const before = hashes(fixture.dataDir);
  const sentence =
    /was written by a newer Pipewright \(version 999, this one knows \d+\)\. Update Pipewright/;
  for (const args of [['run'], ['runs', 'list'], ['logs', 'latest', 'a'], ['gc'], ['serve']]) {
    const { code, stdout, stderr } = await fixture.cli(...args);
    expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
  }
  const entry = path.resolve(import.meta.dirname, '../../main/host/index.ts');
  const host = spawn(process.execPath, [entry, '--data', fixture.dataDir], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const ended = once(host, 'exit');
  const [message] = (await once(host, 'message')) as [{ type: string; message: string }];
  expect(message).toMatchObject({ type: 'failed', message: expect.stringMatching(/newer/) as string });
  expect(await ended).toEqual([4, null]);
  expect(hashes(fixture.dataDir)).toEqual(before);
});

/** Opens the database with one more migration, which tells when it is in the middle of its work and stays there. */
const SLOW = `
  const [openUrl, allUrl, dataDir] = process.argv.slice(1);
  const { openDatabase } = await import(openUrl);
  const { MIGRATIONS } = await import(allUrl);
  const version = MIGRATIONS.length + 1;
  const many = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ';
  const sql = 'ALTER TABLE runs ADD COLUMN half TEXT;' +
    'CREATE TABLE half (id INTEGER, text TEXT);' +
    'INSERT INTO half SELECT i, hex(randomblob(500)) FROM (' + many + '20000) SELECT i FROM n);' +
    'DELETE FROM events;' +
    'CREATE TABLE endless AS SELECT count(*) AS c FROM (' + many + '100000000000) SELECT i FROM n);';
  process.send('begins');
  openDatabase(dataDir, [...MIGRATIONS, { version, sql }]);
`;

it('leaves nothing of a migration in the middle of which the process was killed', async () => {
  await using fixture = createCliFixture(PIPELINE);
  expect((await fixture.cli('run')).code).toBe(0);
  const urls = ['open-database.ts', 'migrations/all.ts'].map(
    (file) => new URL(`../../main/store/${file}`, import.meta.url).href,
  );
  const child = spawn(
    process.execPath,
    ['--input-type=module', '--eval', SLOW, '--', ...urls, fixture.dataDir],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );
  const ended = once(child, 'exit');
  await once(child, 'message');
  // Half of its work has left the memory for the log beside the database.
  const log = path.join(fixture.dataDir, 'pipewright.db-wal');
  while ((fs.statSync(log, { throwIfNoEntry: false })?.size ?? 0) < 5_000_000) {
    expect(child.exitCode).toBeNull();
    await new Promise((resolve) => setImmediate(resolve));
  }
  child.kill('SIGKILL');
  await ended;
  expect(await fixture.json<object[]>('runs', 'list')).toMatchObject([{ status: 'succeeded' }]);
  expect((await fixture.cli('logs', 'latest', 'a')).stdout).toBe('hello\n');
  const db = new SqliteDatabase(path.join(fixture.dataDir, 'pipewright.db'), { readonly: true });
  expect(
    db.prepare("SELECT count(*) FROM sqlite_schema WHERE name IN ('half', 'endless')").pluck().get(),
  ).toBe(0);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
  expect((await fixture.cli('run')).code).toBe(0);
});
