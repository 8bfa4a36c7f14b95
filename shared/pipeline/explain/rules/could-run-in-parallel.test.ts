import { expect, it } from 'vitest';
import { applyOperations } from '../../edits/apply-operations.ts';
import { describeRule, explained } from '#test/support/explain/describe-rule.ts';
import { couldRunInParallel } from './could-run-in-parallel.ts';

const file = (lint: string, unit: string, rest = ''): string =>
  `stages:\n  deps: { run: make deps }\n  lint: { needs: deps, ${lint} }\n  unit: { needs: [lint], ${unit} }\n${rest}`;

describeRule(couldRunInParallel, {
  fires: {
    'tests that wait for a linter': file('run: npx eslint .', 'run: npm test'),
    'a check that waits for another': file('run: npx eslint .', 'run: tsc --noEmit'),
    'a check that others wait for': file(
      'run: eslint .',
      'run: npm test',
      '  ship: { needs: unit, run: ./deploy.sh }\n',
    ),
  },
  quiet: {
    'a linter that writes': file('run: npx eslint --fix .', 'run: npm test'),
    'a linter whose output is kept': file('run: npx eslint . > report.txt', 'run: npm test'),
    'a linter that hands an artifact on': file(
      'run: eslint ., artifacts: { name: a, paths: b }',
      'run: npm test',
    ),
    'tests that read the result': file('run: eslint .', 'run: "npm test ${{ needs.lint.result }}"'),
    'a deployment': file('run: eslint .', 'run: ./deploy.sh'),
    'a build': file('run: eslint .', 'run: make'),
    'stages that wait for work': file('run: make', 'run: npm test'),
  },
});

it('keeps what waited for both waiting for both', () => {
  const text = file('run: eslint .', 'run: npm test', '  ship: { needs: unit, run: ./deploy.sh }\n');
  const [fix] = explained(text).find(({ code }) => code === 'could-run-in-parallel')!.fixes;
  expect(applyOperations(text, fix!.operations)).toMatchObject({
    text: file(
      'run: eslint .',
      'run: npm test',
      '  ship: { needs: [unit, lint], run: ./deploy.sh }\n',
    ).replace('[lint]', '[deps]'),
  });
});
