import { describeRule } from '#test/support/explain/describe-rule.ts';
import { unusedSecret } from './unused-secret.ts';

const file = (run: string, secrets: string): string =>
  `stages: { a: { run: '${run}', secrets: ${secrets} } }\n`;

describeRule(unusedSecret, {
  fires: {
    'a secret for a linter': file('npx eslint .', '[NPM_TOKEN]'),
    'one under another name': file('echo hello', '{ T: NPM_TOKEN }'),
    'one of two': file('echo $A', '[A, NPM_TOKEN]'),
    'a secret that is no list': file('echo hello', 'NPM_TOKEN'),
  },
  quiet: {
    'a command that may read it': file('./publish.sh', '[NPM_TOKEN]'),
    'a command that names it': file('echo "$NPM_TOKEN"', '[NPM_TOKEN]'),
    'an expression that reads it': file('echo "${{ secrets.NPM_TOKEN }}"', '{ T: NPM_TOKEN }'),
  },
});
