import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MatrixProblem, expandMatrix } from './expand-matrix.ts';
import { legIds, legName } from './leg-names.ts';

const valuesOf = (definition: unknown): unknown[] => expandMatrix(definition).map((leg) => leg.values);

describe('expandMatrix', () => {
  it('makes the product of the axes, the last turning fastest', () => {
    expect(valuesOf({ version: [10, 12], os: ['ubuntu', 'windows'] })).toEqual([
      { version: 10, os: 'ubuntu' },
      { version: 10, os: 'windows' },
      { version: 12, os: 'ubuntu' },
      { version: 12, os: 'windows' },
    ]);
  });

  it('includes values as the example of GitHub does', () => {
    const include = [
      { color: 'green' },
      { color: 'pink', animal: 'cat' },
      { fruit: 'apple', shape: 'circle' },
      { fruit: 'banana' },
      { fruit: 'banana', animal: 'cat' },
    ];
    expect(valuesOf({ fruit: ['apple', 'pear'], animal: ['cat', 'dog'], include })).toEqual([
      { fruit: 'apple', animal: 'cat', color: 'pink', shape: 'circle' },
      { fruit: 'apple', animal: 'dog', color: 'green', shape: 'circle' },
      { fruit: 'pear', animal: 'cat', color: 'pink' },
      { fruit: 'pear', animal: 'dog', color: 'green' },
      { fruit: 'banana' },
      { fruit: 'banana', animal: 'cat' },
    ]);
  });

  it('expands combinations by `include` as the example of GitHub does', () => {
    const include = [{ os: 'windows', node: 16, npm: 6 }];
    expect(valuesOf({ os: ['windows', 'ubuntu'], node: [14, 16], include })).toEqual([
      { os: 'windows', node: 14 },
      { os: 'windows', node: 16, npm: 6 },
      { os: 'ubuntu', node: 14 },
      { os: 'ubuntu', node: 16 },
    ]);
  });

  it('adds combinations by `include` as the example of GitHub does', () => {
    const include = [{ os: 'windows', version: 17 }];
    expect(valuesOf({ os: ['macos', 'windows'], version: [12, 14, 16], include })).toHaveLength(7);
    expect(valuesOf({ include: [{ site: 'a' }, { site: 'b' }] })).toEqual([{ site: 'a' }, { site: 'b' }]);
  });

  it('excludes as the example of GitHub does: an entry need not name every axis', () => {
    const exclude = [
      { os: 'macos', version: 12, environment: 'production' },
      { os: 'windows', version: 16 },
    ];
    const matrix = {
      os: ['macos', 'windows'],
      version: [12, 14, 16],
      environment: ['staging', 'production'],
    };
    const legs = valuesOf({ ...matrix, exclude });
    expect(legs).toHaveLength(9);
    expect(legs).not.toContainEqual({ os: 'windows', version: 16, environment: 'staging' });
  });

  it('brings back by `include` what `exclude` took out', () => {
    expect(valuesOf({ a: [1, 2], exclude: [{ a: 2 }], include: [{ a: 2, extra: true }] })).toEqual([
      { a: 1 },
      { a: 2, extra: true },
    ]);
  });

  it('does not take 22 for the text 22', () => {
    expect(valuesOf({ node: [22, '22'], exclude: [{ node: '22' }] })).toEqual([{ node: 22 }]);
  });

  it.each([
    ['[]', []],
    ['a text', 'x'],
    ['an axis that is no list', { a: 1 }],
    ['an include that is no list', { a: [1], include: { b: 1 } }],
    ['an exclude of no mappings', { a: [1], exclude: [1] }],
    ['too many legs', { a: Array.from({ length: 40 }, String), b: Array.from({ length: 40 }, String) }],
    [
      'a product beyond all bounds',
      Object.fromEntries(Array.from('abcdefgh', (key) => [key, Array(99).fill(1)])),
    ],
  ])('refuses %s', (_, definition) => {
    expect(() => expandMatrix(definition)).toThrow(MatrixProblem);
  });

  it('is what a naive reading of the rules gives', () => {
    const value = fc.constantFrom(1, 2, 'x');
    const entry = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), value, { maxKeys: 3 });
    const matrix = fc.record(
      {
        a: fc.uniqueArray(value, { maxLength: 3 }),
        b: fc.uniqueArray(value, { maxLength: 3 }),
        include: fc.array(entry, { maxLength: 4 }),
        exclude: fc.array(entry, { maxLength: 2 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(matrix, (definition) => {
        expect(valuesOf(definition)).toEqual(naive(definition));
      }),
    );
  });
});

interface Definition {
  readonly a?: readonly unknown[];
  readonly b?: readonly unknown[];
  readonly include?: readonly Record<string, unknown>[];
  readonly exclude?: readonly Record<string, unknown>[];
}

function naive({ a, b, include = [], exclude = [] }: Definition): unknown[] {
  const originals: Record<string, unknown>[] = [];
  for (const first of a ?? (b === undefined ? [] : [undefined])) {
    for (const second of b ?? [undefined]) {
      originals.push({ ...(a && { a: first }), ...(b && { b: second }) });
    }
  }
  const has = (row: Record<string, unknown>, part: Record<string, unknown>) =>
    Object.keys(part).every((key) => row[key] === part[key]);
  const rows = originals.filter((row) => !exclude.some((entry) => has(row, entry)));
  const result = rows.map((row) => ({ ...row }));
  for (const entry of include) {
    const fitting = rows.flatMap((row, index) => {
      const shared = Object.fromEntries(Object.entries(entry).filter(([key]) => key in row));
      return has(row, shared) ? [index] : [];
    });
    for (const index of fitting) Object.assign(result[index]!, entry);
    if (fitting.length === 0) result.push({ ...entry });
  }
  return result;
}

describe('legIds', () => {
  const idsOf = (definition: unknown) => legIds('unit', expandMatrix(definition));

  it('names the values of the axes, and all values of added legs', () => {
    const include = [
      { node: 22, npm: 10 },
      { node: 25, early: true },
    ];
    expect(idsOf({ node: [22, 24], os: ['linux'], include })).toEqual([
      'unit[node=22,os=linux]',
      'unit[node=24,os=linux]',
      'unit[node=25,early=true]',
    ]);
  });

  it('shortens what is long or holds signs of its own, and keeps the ids apart', () => {
    const ids = idsOf({ v: [1, '1', 'a,b]', 'a b]', { x: 1 }, 'long'.repeat(50), '', null] });
    expect(ids.slice(0, 2)).toEqual(['unit[v=1]', 'unit[v=1#2]']);
    expect(ids.slice(2, 4).every((id) => /^unit\[v=a-b~\w{6}\]$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(8);
    expect(Math.max(...ids.map((id) => id.length))).toBeLessThan(50);
  });

  it('gives each leg an id of its own, whatever its values', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.jsonValue(), { minLength: 1, maxLength: 20 }), (values) => {
        const ids = idsOf({ v: values });
        expect(new Set(ids).size).toBe(values.length);
        expect(ids.every((id) => id.length < 200)).toBe(true);
      }),
    );
  });

  it('shows values behind a name that does not say them', () => {
    const [leg] = expandMatrix({ node: [22], os: ['linux'] });
    expect(legName('Unit', leg!)).toBe('Unit (22, linux)');
    expect(legName('Unit on ${{ matrix.node }}', leg!)).toBe('Unit on ${{ matrix.node }}');
  });
});
