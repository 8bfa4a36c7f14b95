import fs from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, it } from 'vitest';
import { MIGRATIONS } from './migrations/all.ts';
import { openDatabase } from './open-database.ts';
import { tempDir } from './store-fixture.ts';

function tables(db: SqliteDatabase.Database): unknown[] {
  return db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
}

it('makes the data folder for its user alone and a database in write-ahead mode', () => {
  using temp = tempDir();
  const dataDir = path.join(temp.dir, 'a', 'b');
  const db = openDatabase(dataDir);
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  if (process.platform !== 'win32') expect(fs.statSync(dataDir).mode & 0o777).toBe(0o700);
  db.close();
});

it('numbers its migrations from 1 without gaps', () => {
  expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});

it('opens a database again without changing its shape', () => {
  using temp = tempDir();
  const first = openDatabase(temp.dir);
  const before = tables(first);
  first.close();
  const second = openDatabase(temp.dir);
  expect(tables(second)).toEqual(before);
  second.close();
});

it('leaves nothing of a migration that fails, and everything of those before it', () => {
  using temp = tempDir();
  const good = { version: 1, sql: 'CREATE TABLE one (id INTEGER)' };
  const broken = { version: 2, sql: 'CREATE TABLE two (id INTEGER); INSERT INTO three VALUES (1);' };
  expect(() => openDatabase(temp.dir, [good, broken])).toThrow('no such table: three');
  const db = openDatabase(temp.dir, [good]);
  expect(tables(db)).toEqual(['one']);
  expect(db.pragma('user_version', { simple: true })).toBe(1);
  db.close();
});

it('refuses a database of a newer version without touching it', () => {
  using temp = tempDir();
  openDatabase(temp.dir).close();
  const file = path.join(temp.dir, 'pipewright.db');
  const newer = new SqliteDatabase(file);
  newer.pragma('user_version = 999');
  newer.close();
  const before = fs.readFileSync(file);
  expect(() => openDatabase(temp.dir)).toThrow(expect.objectContaining({ code: 'database-newer' }));
  expect(fs.readFileSync(file).equals(before)).toBe(true);
  expect(fs.readdirSync(temp.dir)).toEqual(['pipewright.db']);
});

const DATABASE = path.join('data', 'pipewright.db');

function fileAt(file: string): void {
  fs.rmSync(file, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, 'x'.repeat(4096));
}

it.each<[string, string, (file: string) => void]>([
  ['a file where the folder should be', 'data', fileAt],
  ['a file above it', '.', fileAt],
  ['a folder where the database should be', DATABASE, (file) => void fs.mkdirSync(file, { recursive: true })],
  ['a database that is none', DATABASE, fileAt],
])('says in one sentence that %s makes the data folder unusable', (_, where, spoil) => {
  using temp = tempDir();
  spoil(path.join(temp.dir, where));
  expect(() => openDatabase(path.join(temp.dir, 'data'))).toThrow(
    expect.objectContaining({
      code: 'data-folder-unusable',
      message: expect.stringMatching(/^The data folder .* cannot be used: .*[^.]\.$/) as string,
      hint: expect.stringContaining('--data') as string,
    }),
  );
});

it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'says that a folder without write permission is unusable',
  () => {
    using temp = tempDir();
    const dataDir = path.join(temp.dir, 'locked');
    fs.mkdirSync(dataDir, { mode: 0o500 });
    expect(() => openDatabase(dataDir)).toThrow(expect.objectContaining({ code: 'data-folder-unusable' }));
  },
);
