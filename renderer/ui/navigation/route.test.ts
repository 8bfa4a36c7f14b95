import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectIdOf, runIdOf, stageIdOf } from '#shared/lib/ids.ts';
import { RUN_TABS, SETTINGS_SECTIONS, formatRoute, parseRoute, type Route } from './route.ts';

const name = fc.string({ minLength: 1, unit: 'grapheme' });
const maybe = <Value>(key: string, value: fc.Arbitrary<Value>): fc.Arbitrary<object> =>
  fc.oneof(
    fc.constant({}),
    value.map((it) => ({ [key]: it })),
  );
const count = fc.integer({ min: 1, max: 999_999_999 });

const routes: fc.Arbitrary<Route> = fc.oneof(
  fc.constantFrom<Route>(
    { screen: 'projects' },
    { screen: 'settings' },
    { screen: 'runs' },
    { screen: 'secrets' },
    { screen: 'hosts' },
    { screen: 'triggers' },
  ),
  fc.constantFrom(...SETTINGS_SECTIONS).map((section): Route => ({ screen: 'settings', section })),
  name.map((id): Route => ({ screen: 'project', projectId: projectIdOf(id) })),
  name.map((id): Route => ({ screen: 'runs', projectId: projectIdOf(id) })),
  fc.tuple(name, name).map(([id, file]): Route => ({ screen: 'pipeline', projectId: projectIdOf(id), file })),
  fc
    .tuple(
      name,
      maybe('tab', fc.constantFrom(...RUN_TABS)),
      maybe('stage', name.map(stageIdOf)),
      maybe('item', name),
    )
    .map(([id, tab, stage, item]): Route => ({
      screen: 'run',
      runId: runIdOf(id),
      ...tab,
      ...stage,
      ...item,
    })),
  fc.tuple(name, name, count).map(([id, stage, attempt]): Route => ({
    screen: 'shell',
    runId: runIdOf(id),
    stage: stageIdOf(stage),
    attempt,
  })),
  fc
    .tuple(name, name, count, maybe('line', count), maybe('service', name))
    .map(([id, stage, attempt, line, service]): Route => ({
      screen: 'log',
      runId: runIdOf(id),
      stage: stageIdOf(stage),
      attempt,
      ...line,
      ...service,
    })),
);

describe('parseRoute', () => {
  it('reads back whatever formatRoute wrote, names with slashes, brackets and spaces too', () => {
    fc.assert(
      fc.property(routes, (route) => {
        expect(parseRoute(formatRoute(route))).toEqual(route);
      }),
    );
  });

  it('reads any text without throwing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseRoute(`#/${text}`).screen).toBeTypeOf('string');
      }),
    );
  });

  it.each(['', '#', '#/', '#/nowhere/at/all', '#/run', '#/project/'])('leads %j home', (hash) => {
    expect(parseRoute(hash)).toEqual({ screen: 'projects' });
  });

  it('leaves out a tab it does not know and an attempt that is no number', () => {
    expect(parseRoute('#/run/r1?tab=nope')).toEqual({ screen: 'run', runId: 'r1' });
    expect(parseRoute('#/settings/nope')).toEqual({ screen: 'settings' });
    expect(parseRoute('#/run/r1/log/unit/x?line=-3')).toEqual({
      screen: 'log',
      runId: 'r1',
      stage: 'unit',
      attempt: 1,
    });
  });
});

describe('formatRoute', () => {
  it('writes an address that a person can read', () => {
    const route: Route = {
      screen: 'log',
      runId: runIdOf('0abc'),
      stage: stageIdOf('unit'),
      attempt: 2,
      line: 40,
    };
    expect(formatRoute(route)).toBe('#/run/0abc/log/unit/2?line=40');
  });
});
