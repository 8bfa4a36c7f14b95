import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatRemoteCursor, parseRemoteCursor } from './remote-cursor.ts';

const cursor = {
  source: 'here',
  refs: { 'refs/heads/main': 'a' },
  pending: { ref: 'refs/heads/main', commit: 'b', sinceMs: 5 },
};

it('reads what it wrote, of the same repository', () => {
  expect(parseRemoteCursor(formatRemoteCursor(cursor), 'here')).toEqual(cursor);
  expect(parseRemoteCursor(formatRemoteCursor(cursor), 'elsewhere')).toBeNull();
});

it('goes on with what an older Pipewright kept', () => {
  expect(parseRemoteCursor('{"refs/heads/main":"a"}', 'here')).toEqual({
    source: null,
    refs: { 'refs/heads/main': 'a' },
    pending: null,
  });
});

it('begins anew with anything else', () => {
  expect(parseRemoteCursor(null, 'here')).toBeNull();
  expect(parseRemoteCursor('5', 'here')).toBeNull();
  expect(parseRemoteCursor('{"refs', 'here')).toBeNull();
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => parseRemoteCursor(text, 'here')).not.toThrow();
    }),
  );
});
