import { describe, expect, it } from 'vitest';
import { stepCommand } from './step-command.ts';

const PREFIX = '/pipewright/commands/';

describe('the process of a step', () => {
  it('is a shell that stops at the first failure', () => {
    expect(stepCommand({ script: 'make', shell: null }, PREFIX)).toEqual({
      args: ['sh', '-e', '-c', 'make'],
      file: null,
    });
  });

  it('gets a script that may hold a secret by a file, and so one that is too long for an argument', () => {
    for (const command of [
      { script: 'echo secret', shell: 'bash', isConfidential: true },
      { script: '#'.repeat(70_000), shell: 'bash' },
    ]) {
      const { args, file } = stepCommand(command, PREFIX);
      expect(args.at(-1)).toBe(`${PREFIX}script.sh`);
      expect(file).toEqual({ name: 'script.sh', content: command.script });
    }
  });

  it('is an interpreter or a template of one', () => {
    expect(stepCommand({ script: '1', shell: 'node' }, PREFIX).args).toEqual(['node', `${PREFIX}script.mjs`]);
    const perl = ['perl', '-w', `${PREFIX}script.txt`];
    expect(stepCommand({ script: '1', shell: 'perl -w' }, PREFIX).args).toEqual(perl);
    expect(stepCommand({ script: '1', shell: 'perl -w {0}' }, PREFIX).args).toEqual(perl);
  });
});
