import { describe, expect, it } from 'vitest';
import { createWorkflowCommands } from './workflow-commands.ts';

function setUp() {
  const masked: string[] = [];
  const told: unknown[] = [];
  const commands = createWorkflowCommands('acme/lint', {
    mask: (value) => void masked.push(value),
    progress: (...words) => void told.push(words),
  });
  return { commands, masked, told };
}

describe('createWorkflowCommands', () => {
  it('follows progress and leaves it out of the log', () => {
    const { commands, told } = setUp();
    expect(commands.filter('::progress done=3 total=10::Uploading app.tgz')).toBeNull();
    expect(commands.filter('  ::progress done=4::')).toBeNull();
    expect(commands.filter('::progress done=x::')).toBe('::progress done=x::');
    expect(told).toEqual([
      [3, 10, 'Uploading app.tgz'],
      [4, null, undefined],
    ]);
  });

  it('follows nothing while commands are stopped', () => {
    const { commands, masked, told } = setUp();
    expect(commands.filter('::stop-commands::until')).toBeNull();
    expect(commands.filter('::progress done=3 total=10::')).toBe('::progress done=3 total=10::');
    expect(commands.filter('::add-mask::hunter22')).toBe('::add-mask::hunter22');
    expect(commands.filter('::until::')).toBeNull();
    expect(commands.filter('::add-mask::hunter22')).toBeNull();
    expect({ masked, told }).toEqual({ masked: ['hunter22'], told: [] });
  });

  it('makes findings of annotations', () => {
    const { commands } = setUp();
    expect(commands.filter('::error file=a.ts,line=3,col=5::Bad%2C but: fine')).toBe(
      'error: Bad%2C but: fine',
    );
    expect(commands.findings()?.findings).toMatchObject([
      { file: 'a.ts', line: 3, column: 5, severity: 'high', tool: 'acme/lint' },
    ]);
  });
});
