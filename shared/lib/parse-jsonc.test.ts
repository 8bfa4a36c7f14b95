import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseJsonc } from './parse-jsonc.ts';

it('passes by comments and last commas, and leaves texts alone', () => {
  const text = `\uFEFF{ // what it is
    "image": "a//b", /* more
    lines */ "list": [1, 2, ], "odd": "/* kept, */ ,]", "escaped": "\\\\", // end "
  }`;
  expect(parseJsonc(text)).toEqual({ image: 'a//b', list: [1, 2], odd: '/* kept, */ ,]', escaped: '\\' });
});

it('reads what is plain JSON as JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value, null, 2);
      expect(parseJsonc(text)).toEqual(JSON.parse(text));
    }),
  );
});

it('refuses what is no JSON', () => {
  expect(() => parseJsonc('{ "a": }')).toThrow(SyntaxError);
});
