import { describeRule } from '#test/support/explain/describe-rule.ts';
import { broadReuse } from './broad-reuse.ts';

const file = (skip: string): string => `stages: { a: { run: make, skip-if-unchanged: ${skip} } }\n`;

describeRule(broadReuse, {
  fires: { 'every file': file('true'), 'a glob of every file': file("{ files: ['**/*'] }") },
  quiet: {
    'the files that it reads': file("{ files: ['src/**'] }"),
    'all but some': file("{ files: ['**', '!docs/**'] }"),
    'none of it': file('false'),
  },
});
