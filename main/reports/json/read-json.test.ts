import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBreather } from '../breather.ts';
import { readJson } from './read-json.ts';

const breather = createBreather(new AbortController().signal);
const SHORT = { chars: 3, items: 1 };
const read = (text: string, long = SHORT) => readJson(Buffer.from(text), 'r.json', breather, long);

test('what is read in pieces is what would have been read at once', async () => {
  const spaces = fc.constantFrom(undefined, 1, '\t');
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 7 }), spaces, async (value, space) => {
      const text = JSON.stringify(value, null, space);
      expect(await read(text)).toEqual({ value: JSON.parse(text) as unknown });
    }),
    { numRuns: 2_000 },
  );
});

test('what is no JSON in pieces is no JSON at once, and the other way round', async () => {
  const part = fc.constantFrom(
    '[',
    ']',
    '{',
    '}',
    ',',
    ':',
    '"',
    '\\',
    '"a"',
    '1',
    'null',
    ' ',
    '\n',
    '"a":',
    '[1,2,3]',
    '"__proto__":',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 20 }), async (parts) => {
      const text = parts.join('');
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        const result = await read(text);
        expect(result).toMatchObject({ issue: { severity: 'error', path: 'r.json' } });
        return;
      }
      expect(await read(text)).toEqual({ value });
    }),
    { numRuns: 5_000 },
  );
});

test.each([
  ['{"a":[1,2,3],\n "b" 1}', 2, 6],
  ['{"a":[1,\n2,x,3]}', 2, 3],
  ['{"a":[1,2,3],"b":[4,5,\n,6]}', 2, 1],
])('%j is refused at line %i, column %i', async (text, line, column) => {
  expect(await read(text)).toMatchObject({ issue: { code: 'report-broken-json', line, column } });
});

test.each(['hello', '<html/>', '[1] x'])('%j is no JSON, and not said to be cut off', async (text) => {
  const result = await read(text);
  expect('issue' in result && result.issue.message).toMatch(/no JSON/);
});

test('a key that would reach into a prototype is a key like any other', async () => {
  const result = await read('{"__proto__":[1,2,3],"constructor":[1,2]}');
  if (!('value' in result)) throw new Error('refused');
  expect(Object.entries(result.value as object)).toEqual([
    ['__proto__', [1, 2, 3]],
    ['constructor', [1, 2]],
  ]);
});
