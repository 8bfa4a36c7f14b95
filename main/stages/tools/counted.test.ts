import { expect, it } from 'vitest';
import { counted } from './counted.ts';

type Told = readonly [done: number, total: number | null, label?: string];

function tell() {
  const told: Told[] = [];
  return { told, context: { progress: (...words: Told) => void told.push(words) } };
}

it('tells before each thing what is being done, and at the end that all is', () => {
  const { told, context } = tell();
  expect([...counted(context, ['a', 'b'], (name) => `sending ${name}`)]).toEqual(['a', 'b']);
  expect(told).toEqual([
    [0, 2, 'sending a'],
    [1, 2, 'sending b'],
    [2, 2],
  ]);
});

it('does not say that all is done when somebody stopped', () => {
  const { told, context } = tell();
  for (const thing of counted(context, ['a', 'b', 'c'], (name) => name)) if (thing === 'b') break;
  expect(told.map(([done]) => done)).toEqual([0, 1]);
});

it('has nothing to say of one thing or none', () => {
  const { told, context } = tell();
  expect([...counted(context, ['a'], String), ...counted(context, [], String)]).toEqual(['a']);
  expect(told).toEqual([]);
});
