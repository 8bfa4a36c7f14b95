import { describeRule } from '#test/support/explain/describe-rule.ts';
import { retriedDeploy } from './retried-deploy.ts';

const file = (retry: string): string => `stages: { ship: { run: ./deploy.sh, retry: ${retry} } }\n`;

describeRule(retriedDeploy, {
  fires: {
    'a number of tries': file('2'),
    'tries after whatever happened': file('{ max: 2, delay: 5s }'),
    'tries of the defaults': 'defaults: { retry: 1 }\nstages: { ship: { run: ./deploy.sh } }\n',
    'tries of a template':
      'templates: { t: { retry: 2 } }\nstages: { ship: { extends: t, run: ./deploy.sh } }\n',
  },
  quiet: {
    'tries after some outcomes': file('{ max: 2, on: [infra-error] }'),
    'no tries': file('0'),
    'what is no deployment': 'stages: { a: { run: make, retry: 2 } }\n',
  },
});
