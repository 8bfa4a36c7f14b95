import { expect, it } from 'vitest';
import { describeRule, explained } from '#test/support/explain/describe-rule.ts';
import { missingName } from './missing-name.ts';

describeRule(missingName, {
  fires: { 'a file without a name': '# about it\nstages: { a: { run: make } }\n' },
  quiet: { 'a file with one': 'name: Shop\nstages: { a: { run: make } }\n' },
});

it('makes a name of the name of the file, and points at its first key', () => {
  const [found] = explained('# about it\nstages: { a: { run: make } }\n', '.pipewright/nightly-build.yml');
  expect(found).toMatchObject({ place: { line: 2, column: 1 }, valuePath: [] });
  expect(found?.fixes[0]?.title).toBe('Name it “Nightly build”');
});
