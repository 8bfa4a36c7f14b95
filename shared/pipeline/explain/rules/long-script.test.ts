import { describeRule } from '#test/support/explain/describe-rule.ts';
import { longScript } from './long-script.ts';

const file = (lines: number): string =>
  `stages:\n  a:\n    run: |\n${Array.from({ length: lines }, (_, index) => `      echo ${index}\n\n`).join('')}`;

describeRule(longScript, {
  fires: { 'a script of many lines': file(41) },
  quiet: { 'a script of a page': file(40) },
});
