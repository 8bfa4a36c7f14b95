import { describe, expect, it } from 'vitest';
import { checkHost, commonArguments, parseOptions, sshProgram } from './ssh-arguments.ts';

const program = sshProgram({});

describe('arguments for ssh', () => {
  it('refuse a name that would be read as an option or as two words', () => {
    expect(() => checkHost('-oProxyCommand=id')).toThrow('no name of a host');
    expect(() => checkHost('a b')).toThrow('no name of a host');
    expect(checkHost('deploy@build-1')).toBe('deploy@build-1');
  });

  it('leave the check of host keys to the configuration, unless that takes new ones by itself', () => {
    const strictness = (value: string) =>
      commonArguments(program, parseOptions(`stricthostkeychecking ${value}\n`)).filter((each) =>
        each.startsWith('StrictHostKeyChecking'),
      );
    expect(strictness('ask')).toEqual([]);
    expect(strictness('accept-new')).toEqual(['StrictHostKeyChecking=yes']);
    expect(strictness('false')).toEqual(['StrictHostKeyChecking=yes']);
  });

  it('keep how often the configuration looks whether the connection stands', () => {
    expect(commonArguments(program)).toContain('ServerAliveInterval=15');
    expect(commonArguments(program, parseOptions('serveraliveinterval 0\n'))).toContain(
      'ServerAliveInterval=15',
    );
    const options = parseOptions('serveraliveinterval 5\n');
    expect(commonArguments(program, options).join(' ')).not.toContain('ServerAlive');
  });

  it('keep the time to connect that the configuration has', () => {
    expect(commonArguments(program)).toContain('ConnectTimeout=15');
    const options = parseOptions('connecttimeout 60\r\n');
    expect(commonArguments(program, options).join(' ')).not.toContain('ConnectTimeout');
  });

  it('name another configuration file where one is asked for', () => {
    expect(commonArguments(sshProgram({ PIPEWRIGHT_SSH_CONFIG: '/c' })).slice(0, 2)).toEqual(['-F', '/c']);
  });
});
