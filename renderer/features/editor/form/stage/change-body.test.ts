import { expect, it } from 'vitest';
import { createEditText } from '../../document/edit-text.ts';
import { changeBody, kindOf, lostWords } from './change-body.ts';

const PATH = ['stages', 'a'];

function changed(
  text: string,
  stage: Readonly<Record<string, unknown>>,
  body: Parameters<typeof changeBody>[2],
  known: readonly string[] = [],
): string {
  const answer = createEditText()(text, changeBody(PATH, stage, body, known));
  if (!answer.ok) throw new Error(answer.reason);
  return answer.edits.reduceRight(
    (all, { start, end, text: piece }) => all.slice(0, start) + piece + all.slice(end),
    text,
  );
}

const file = (...lines: readonly string[]): string =>
  ['stages:', '  a:', ...lines.map((line) => `    ${line}`), ''].join('\n');

it('puts what a stage does next where it did something else before', () => {
  const text = file('needs: []', 'run: npm test # why', 'timeout: 10m');
  const stage = { needs: [], run: 'npm test', timeout: '10m' };
  expect(changed(text, stage, { uses: 'test.unit', with: { command: 'npm test' } })).toBe(
    file('needs: []', 'uses: test.unit # why', 'with:', '  command: npm test', 'timeout: 10m'),
  );
});

it('keeps the settings that the new kind also has', () => {
  const text = file('uses: test.unit', 'with:', '  command: npm test', '  junit: r.xml');
  const stage = { uses: 'test.unit', with: { command: 'npm test', junit: 'r.xml' } };
  expect(changed(text, stage, { uses: 'test.e2e' }, ['command'])).toBe(
    file('uses: test.e2e', 'with:', '  command: npm test'),
  );
});

it('takes the settings of a kind away with it', () => {
  const text = file('uses: test.unit', 'with:', '  command: npm test', 'timeout: 1m');
  const stage = { uses: 'test.unit', with: { command: 'npm test' }, timeout: '1m' };
  expect(changed(text, stage, { run: 'echo' })).toBe(file('run: echo', 'timeout: 1m'));
});

it('leaves one body where there were two', () => {
  const text = file('run: a', 'uses: test.unit');
  expect(changed(text, { run: 'a', uses: 'test.unit' }, { uses: 'test.unit' })).toBe(file('uses: test.unit'));
});

it('gives a stage without a body one', () => {
  expect(changed(file('needs: []'), { needs: [] }, { approval: { message: 'Go on?' } })).toBe(
    file('needs: []', 'approval:', '  message: Go on?'),
  );
});

it('says what goes, and nothing while nothing does', () => {
  expect(lostWords({ run: 'a' })).toBe('Its script goes; undo brings it back.');
  expect(lostWords({ uses: 'test.unit', with: { a: 1 } })).toBe(
    'Settings that the other kind does not have go; undo brings them back.',
  );
  expect(lostWords({ uses: 'test.unit' })).toBeNull();
  expect(lostWords({})).toBeNull();
});

it('names what a stage is', () => {
  expect([{ run: 'a' }, { uses: 'test.unit' }, {}].map(kindOf)).toEqual(['run', 'test.unit', 'none']);
});
