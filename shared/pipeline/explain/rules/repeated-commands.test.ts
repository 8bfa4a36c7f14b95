import { expect, it } from 'vitest';
import { applyOperations } from '../../edits/apply-operations.ts';
import { describeRule, explained } from '#test/support/explain/describe-rule.ts';
import { repeatedCommands } from './repeated-commands.ts';

const stage = (id: string, rest = '', lines = 3): string =>
  `  ${id}:\n${rest}    run: |\n${'      make\n'.repeat(lines)}`;

describeRule(repeatedCommands, {
  fires: {
    'two stages with the same script': `stages:\n${stage('unit-a')}${stage('unit-b', '    timeout: 5m\n')}`,
    'three of them, once': `stages:\n${stage('a')}${stage('b')}${stage('c')}`,
    'two beside a template': `templates: { shared: { timeout: 5m } }\nstages:\n${stage('a')}${stage('b', '    extends: shared\n')}`,
  },
  quiet: {
    'short scripts': `stages:\n${stage('a', '', 2)}${stage('b', '', 2)}`,
    'scripts that differ': `stages:\n${stage('a')}${stage('b', '', 4)}`,
    'a script that a template holds': `templates:\n${stage('t')}stages:\n  a: { extends: t }\n  b: { extends: t }\n`,
  },
});

it('makes a template of what they have in common', () => {
  const text = `name: x\nstages:\n${stage('unit-a')}${stage('unit-b', '    timeout: 5m\n')}`;
  const [found] = explained(text);
  expect(applyOperations(text, found!.fixes[0]!.operations)).toMatchObject({
    text: `name: x\ntemplates:\n  unit:\n    run: |\n${'      make\n'.repeat(3)}stages:\n  unit-a:\n    extends: unit\n  unit-b:\n    extends: unit\n    timeout: 5m\n`,
  });
});
