import { expect, it } from 'vitest';
import { openDatabase } from './open-database.ts';
import { createStageDurations } from './stage-durations.ts';
import { tempDir } from './store-fixture.ts';

it('remembers how long stages take, newer runs more than older ones, each pipeline by itself', () => {
  using temp = tempDir();
  const db = openDatabase(temp.dir);
  const durations = createStageDurations(db);
  expect(durations.expected('p', 'a.yml')).toEqual({});
  durations.record(
    'p',
    'a.yml',
    new Map([
      ['unit', 1_000],
      ['lint', 10],
    ]),
  );
  durations.record('p', 'a.yml', new Map([['unit', 2_000]]));
  durations.record('p', 'b.yml', new Map([['unit', 5]]));
  expect(durations.expected('p', 'a.yml')).toEqual({ unit: 1_400, lint: 10 });
  db.close();
});
