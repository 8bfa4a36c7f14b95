import { describeRule } from '#test/support/explain/describe-rule.ts';
import { deployWithoutVerification } from './deploy-without-verification.ts';

const file = (deploy: string, rest = ''): string => `stages:\n  ship: { ${deploy} }\n${rest}`;

describeRule(deployWithoutVerification, {
  fires: {
    'a deployment at the end': file('run: kubectl apply -f app.yml'),
    'a command for an environment': file('run: ./ship.sh, environment: production'),
    'one that only says that it is done': file('run: "./deploy.sh && echo done"'),
  },
  quiet: {
    'a stage after it': file('run: ./deploy.sh', '  verify: { needs: ship, run: ./smoke.sh }\n'),
    'a command after it': file('run: "./deploy.sh && curl --fail https://example.org"'),
    'a hook that takes it back': file('run: ./deploy.sh, hooks: { failure: ./rollback.sh }'),
    'a command that waits': file('run: helm upgrade --install --atomic app chart'),
    'several commands for an environment': file('run: "./up.sh; ./check.sh", environment: production'),
    'an environment for tests': file('run: ./test.sh, environment: test-lab'),
    'no deployment': file('run: make'),
  },
});
