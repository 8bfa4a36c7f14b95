import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LogFixture } from './log-fixture.ts';
import type { SearchOptions } from './log-reader.ts';
import { PATTERN_LINE_UNITS } from './search-pattern.ts';
import type { SearchHit } from './search-result.ts';
import { isByteSearchable } from './search-text.ts';

describe('searching a log', () => {
  let logs: LogFixture;
  beforeEach(async () => {
    logs = await LogFixture.create();
  });
  afterEach(() => logs.remove());

  const hitsOf = async (options: SearchOptions): Promise<SearchHit[]> => [
    ...(await logs.read().search(options)).hits,
  ];

  it('finds a text whatever its case, or only in its own', async () => {
    await logs.write('Error: a\nno\nan ERROR, an error\n');
    expect(await hitsOf({ query: 'error' })).toEqual([
      { line: 1, column: 1, length: 5 },
      { line: 3, column: 4, length: 5 },
      { line: 3, column: 14, length: 5 },
    ]);
    expect(await hitsOf({ query: 'error', caseSensitive: true })).toEqual([
      { line: 3, column: 14, length: 5 },
    ]);
  });

  it('counts columns in the text as it is shown, not in bytes', async () => {
    await logs.write(Buffer.concat([Buffer.from('é€😀'), Buffer.from([0xff]), Buffer.from('ÉCOLE x\n')]));
    expect(await hitsOf({ query: 'x', caseSensitive: true })).toEqual([{ line: 1, column: 12, length: 1 }]);
    expect(await hitsOf({ query: 'école' })).toEqual([{ line: 1, column: 6, length: 5 }]);
    expect(await hitsOf({ query: '\uFFFD' })).toEqual([{ line: 1, column: 5, length: 1 }]);
  });

  it('takes a plain query literally and a regular expression as one', async () => {
    await logs.write('a.c\nabc\n');
    expect(await hitsOf({ query: 'a.c' })).toHaveLength(1);
    expect(await hitsOf({ query: 'a.c', regex: true })).toHaveLength(2);
    expect(await hitsOf({ query: '^[\\w\\-]+$', regex: true })).toEqual([{ line: 2, column: 1, length: 3 }]);
  });

  it('sees a line without its line end', async () => {
    await logs.write('ok\r\nok\n\nlast');
    expect(await hitsOf({ query: 'ok$', regex: true })).toHaveLength(2);
    expect(await hitsOf({ query: '^$', regex: true })).toEqual([{ line: 3, column: 1, length: 0 }]);
    expect(await hitsOf({ query: 'k\r' })).toEqual([]);
    expect(await hitsOf({ query: 'ok\nok' })).toEqual([]);
    expect(await hitsOf({ query: '' })).toEqual([]);
  });

  it('counts all matches and returns the first ones', async () => {
    await logs.write('x x x\n'.repeat(1_000));
    const { hits, total, truncated } = await logs.read().search({ query: 'x', limit: 4 });
    expect([hits.length, total, truncated]).toEqual([4, 3_000, true]);
    expect(hits[3]).toEqual({ line: 2, column: 1, length: 1 });
    const pattern = await logs.read().search({ query: '\\bx', regex: true, limit: 3_000 });
    expect([pattern.hits.length, pattern.total, pattern.truncated]).toEqual([3_000, 3_000, false]);
  });

  it('finds matches in very long lines and across the borders of what is read at once', async () => {
    const long = `${'€'.repeat(200_000)}needle${'.'.repeat(500_000)}needle`;
    await logs.write(`needle\n${long}\n`, 'short needle\n');
    expect(await hitsOf({ query: 'needle' })).toEqual([
      { line: 1, column: 1, length: 6 },
      { line: 2, column: 200_001, length: 6 },
      { line: 2, column: 700_007, length: 6 },
      { line: 3, column: 7, length: 6 },
    ]);
    expect(await hitsOf({ query: 'ne+dle', regex: true })).toMatchObject([
      { line: 1 },
      { line: 3, column: 7 },
    ]);
  });

  it('refuses what is no regular expression, in one sentence', async () => {
    await expect(logs.read().search({ query: '(', regex: true })).rejects.toMatchObject({
      code: 'invalid-search',
      kind: 'user',
      message: 'The search is not a valid regular expression: Unterminated group.',
    });
  });

  it('cuts off an expression that would run for ever', async () => {
    await logs.write(`fine\n${'a'.repeat(50)}b\n`);
    await expect(logs.read().search({ query: '^(a+)+$', regex: true })).rejects.toMatchObject({
      code: 'search-too-slow',
      details: { line: 2 },
    });
  });

  it('stops on abort with the reason given', async () => {
    await logs.write('x\n'.repeat(10));
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(logs.read().search({ query: 'x', signal })).rejects.toThrow('enough');
  });

  it('finds what a search of the decoded lines finds', async () => {
    const unit = fc.constantFrom('a', 'b', 'A', 'k', 'K', 'é', 'É', '€', '😀', '\r', '\n', '\n', '\xff', ' ');
    const filler = fc.constantFrom('', '', 'ab '.repeat(90_000), 'é€'.repeat(60_000), 'k\n'.repeat(140_000));
    const text = fc.array(unit, { maxLength: 60 }).map((parts) => parts.join(''));
    const query = fc.array(unit, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
    const property = fc.asyncProperty(
      fc.tuple(text, filler, text, text),
      query,
      fc.boolean(),
      fc.constantFrom<BufferEncoding>('utf8', 'utf8', 'latin1'),
      async (parts, wanted, caseSensitive, encoding) => {
        await logs.remove();
        const bytes = Buffer.from(parts.join(''), encoding);
        await logs.write(bytes);
        const result = await logs.read().search({ query: wanted, caseSensitive, limit: 50 });
        const expected: SearchHit[] = [];
        const escaped = wanted.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
        const lines = bytes.toString('utf8').split('\n');
        for (const [i, raw] of lines.entries()) {
          const line = i + 1 < lines.length ? raw.replace(/\r$/, '') : raw;
          for (const match of line.matchAll(new RegExp(escaped, caseSensitive ? 'g' : 'gi'))) {
            const found = { line: i + 1, column: match.index + 1, length: match[0].length };
            const cutOff =
              !isByteSearchable(wanted, caseSensitive) && match.index + match[0].length > PATTERN_LINE_UNITS;
            if (!cutOff) expected.push(found);
          }
        }
        expect(result.total).toBe(expected.length);
        expect(result.hits).toEqual(expected.slice(0, 50));
      },
    );
    await fc.assert(property, { numRuns: 60 });
  }, 30_000);
});
