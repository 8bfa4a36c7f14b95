import { expect, it } from 'vitest';
import { describeRule, explained } from '#test/support/explain/describe-rule.ts';
import { noTimeout } from './no-timeout.ts';

describeRule(noTimeout, {
  fires: {
    'an installation without a limit': 'stages: { deps: { run: npm ci } }\n',
    'a download in a step': 'stages:\n  get:\n    steps: [{ run: make }, { run: curl -O https://x }]\n',
    'one in a template, once':
      'templates:\n  node: { run: npm ci }\nstages:\n  a: { extends: node }\n  b: { extends: [node] }\n',
    'one in a pipeline of the file':
      'pipelines: { p: { stages: { a: { run: git fetch } } } }\nstages: { b: { pipeline: p } }\n',
  },
  quiet: {
    'a stage with a limit': 'stages: { deps: { run: npm ci, timeout: 10m } }\n',
    'a limit that an expression gives':
      'vars: { t: 5m }\nstages: { deps: { run: npm ci, timeout: "${{ vars.t }}" } }\n',
    'a limit of the step': 'stages: { deps: { steps: [{ run: npm ci, timeout: 10m }] } }\n',
    'a limit of the defaults': 'defaults: { timeout: 1h }\nstages: { deps: { run: npm ci } }\n',
    'a limit of the run': 'timeout: 1h\nstages: { deps: { run: npm ci } }\n',
    'work that uses no network': 'stages: { build: { run: make } }\n',
  },
});

it('writes the limit where the work is written', () => {
  const [found] = explained(
    'templates: { node: { run: npm ci } }\nname: x\nstages: { a: { extends: node } }\n',
  );
  expect(found).toMatchObject({
    code: 'no-timeout',
    message: '`npm ci` uses the network without a time limit',
    valuePath: ['templates', 'node'],
    stage: null,
    place: { line: 1 },
    fixes: [{ operations: [{ type: 'set-field', path: ['templates', 'node', 'timeout'], value: '30m' }] }],
  });
});
