import { describe, expect, it } from 'vitest';
import { gitEnvironment } from './git-credential.ts';

const credentialFor = (url: string) => ({ url, username: 'ada', password: 'a secret' });

describe('what Git is given', () => {
  it('asks nobody', () => {
    expect(gitEnvironment({}, null)).toEqual({
      GIT_TERMINAL_PROMPT: '0',
      SSH_ASKPASS_REQUIRE: 'never',
      GCM_INTERACTIVE: 'never',
      LC_ALL: 'C',
    });
  });

  it('has a password for the server of the address alone, behind what was set before', () => {
    const env = gitEnvironment(
      { GIT_CONFIG_COUNT: '2' },
      credentialFor('https://me@Host.example:8443/a.git'),
    );
    expect(env).toMatchObject({
      GIT_CONFIG_COUNT: '4',
      GIT_CONFIG_KEY_2: 'credential.https://host.example:8443.helper',
      GIT_CONFIG_VALUE_2: '',
      GIT_CONFIG_KEY_3: 'credential.https://host.example:8443.helper',
      PIPEWRIGHT_GIT_USERNAME: 'ada',
    });
    expect(env['GIT_CONFIG_VALUE_3']).not.toContain('a secret');
  });

  it.each([
    'ssh://host/a',
    'git@host:a',
    '/srv/a',
    'https://a@b@host/x',
    'https://host\\@other/x',
    'https://',
  ])('has none for %s', (url) => {
    expect(gitEnvironment({}, credentialFor(url))['GIT_CONFIG_COUNT']).toBeUndefined();
  });
});
