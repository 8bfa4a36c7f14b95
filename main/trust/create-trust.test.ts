import { expect, it } from 'vitest';
import { openStore } from '#main/store/open-store.ts';
import { tempDir } from '#main/store/store-fixture.ts';
import { projectIdOf } from '#shared/lib/ids.ts';
import type { TrustItem } from '#shared/pipeline/trust-facts.ts';
import { createTrust, digestOf } from './create-trust.ts';

const KEY = { projectId: projectIdOf('project1'), file: 'pipewright.yml' };
const SCHEDULE: TrustItem = { kind: 'trigger', text: 'schedule: 0 3 * * *' };
const SECRET: TrustItem = { kind: 'secret', text: 'TOKEN' };

function fixture() {
  const temp = tempDir();
  const store = openStore(temp.dir);
  const trust = createTrust({ store: store.trust, now: () => Date.parse('2026-11-02T09:00:00Z') });
  return {
    store,
    trust,
    [Symbol.dispose]: () => {
      store.close();
      temp[Symbol.dispose]();
    },
  };
}

it('knows no file before somebody has accepted it, also one without triggers and options', () => {
  using temp = fixture();
  expect(temp.trust.judge(KEY, [])).toMatchObject({ status: 'unknown', changes: [], lastGrant: null });
  temp.trust.accept(KEY, [], 'asked');
  expect(temp.trust.judge(KEY, [])).toMatchObject({ status: 'trusted' });
  expect(temp.trust.judge({ ...KEY, file: 'other.yml' }, [])).toMatchObject({ status: 'unknown' });
});

it('tells what changed against what was accepted last', () => {
  using temp = fixture();
  temp.trust.accept(KEY, [SCHEDULE], 'asked');
  expect(temp.trust.judge(KEY, [SECRET])).toMatchObject({
    status: 'changed',
    changes: [
      { change: 'added', item: SECRET },
      { change: 'removed', item: SCHEDULE },
    ],
    lastGrant: { at: '2026-11-02T09:00:00.000Z', how: 'asked' },
  });
});

it('asks once for each of two branches that differ', () => {
  using temp = fixture();
  temp.trust.accept(KEY, [SCHEDULE], 'asked');
  temp.trust.accept(KEY, [SECRET], '--trust');
  expect(temp.trust.judge(KEY, [SCHEDULE]).status).toBe('trusted');
  expect(temp.trust.judge(KEY, [SECRET]).status).toBe('trusted');
  expect(temp.trust.judge(KEY, [SECRET, SCHEDULE])).toMatchObject({
    status: 'changed',
    changes: [{ change: 'added', item: SCHEDULE }],
  });
});

it('lists each file as it was accepted last, and forgets all of it when it is revoked', () => {
  using temp = fixture();
  temp.trust.accept(KEY, [SCHEDULE], 'asked');
  temp.trust.accept(KEY, [SECRET], 'asked');
  temp.trust.accept({ ...KEY, file: 'other.yml' }, [], 'made-here');
  temp.trust.accept(KEY, [SCHEDULE], '--trust');
  expect(temp.store.trust.latest().map(({ file, how, items }) => [file, how, items])).toEqual([
    ['pipewright.yml', '--trust', [SCHEDULE]],
    ['other.yml', 'made-here', []],
  ]);
  expect(temp.store.trust.latest(projectIdOf('project2'))).toEqual([]);
  expect(temp.trust.revoke(KEY)).toBe(true);
  expect(temp.trust.revoke(KEY)).toBe(false);
  expect(temp.trust.judge(KEY, [SECRET]).status).toBe('unknown');
});

it('gives the same digest to the same items on every machine, and another to other ones', () => {
  expect(digestOf([SCHEDULE])).toBe('b8ccd77666f2af952f8d350a04c621785a3b11939bc70ee1f5ce5b6788c8e0be');
  expect(
    digestOf([
      { kind: 'secret', text: 'a' },
      { kind: 'secret', text: 'b' },
    ]),
  ).not.toBe(digestOf([{ kind: 'secret', text: 'a", "b' }]));
});
