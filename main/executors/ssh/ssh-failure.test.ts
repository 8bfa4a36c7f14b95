import { describe, expect, it } from 'vitest';
import { sshFailure } from './ssh-failure.ts';

describe('what ssh says when it does not get to a host', () => {
  it('is the sentence about a changed key, with the file that has the old one', () => {
    const words = `@@@@@@@@@@@@@@
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
@@@@@@@@@@@@@@
IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!
Offending ED25519 key in /home/u/.ssh/known_hosts:3
Host key for [build]:22 has changed and you have requested strict checking.
Host key verification failed.
`;
    const error = sshFailure('build', words);
    expect(error.code).toBe('host-key-changed');
    expect(error.message).toBe('The key of build is not the one that /home/u/.ssh/known_hosts has for it.');
  });

  it.each([
    ['Host key verification failed.\r\n', 'The key of build is not in known_hosts.'],
    [
      'No ED25519 host key is known for build and you have requested strict checking.\nHost key verification failed.\n',
      'The key of build is not in known_hosts.',
    ],
    [
      'u@build: Permission denied (publickey).\r\n',
      'Could not connect to build: u@build: Permission denied (publickey).',
    ],
    [
      'ssh: connect to host build port 22: Connection refused\r\n',
      'Could not connect to build: ssh: connect to host build port 22: Connection refused.',
    ],
    ['', 'Could not connect to build: ssh ended without a word.'],
  ])('is ssh-failed for %j', (words, message) => {
    const error = sshFailure('build', words);
    expect(error).toMatchObject({ code: 'ssh-failed', message });
    expect(error.hint).not.toBeNull();
  });
});
