import { describeRule } from '#test/support/explain/describe-rule.ts';
import { ignoredTests } from './ignored-tests.ts';

describeRule(ignoredTests, {
  fires: {
    'tests that may fail': 'stages: { unit: { run: npm test, continue-on-error: true } }\n',
    'tests of a kind': 'stages: { unit: { uses: test.unit, continue-on-error: true } }\n',
    'tests in a step':
      'stages: { unit: { steps: [{ run: make }, { run: pytest, continue-on-error: true }] } }\n',
    'what the defaults say': 'defaults: { continue-on-error: true }\nstages: { unit: { run: npm test } }\n',
    'what a template says':
      'templates: { t: { continue-on-error: true } }\nstages: { unit: { extends: t, run: npm test } }\n',
  },
  quiet: {
    'tests that count': 'stages: { unit: { run: npm test } }\n',
    'another step':
      'stages: { unit: { steps: [{ run: make, continue-on-error: true }, { run: pytest }] } }\n',
    'a leg that an expression excuses':
      'stages: { unit: { matrix: { v: [1, 2] }, run: npm test, continue-on-error: "${{ matrix.v == 2 }}" } }\n',
  },
});
