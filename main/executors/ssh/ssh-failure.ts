import { AppError } from '#shared/lib/app-error.ts';

/**
 * What ssh said when it did not get to the host, as one sentence with the way out.
 * @param words what it wrote for people, without what the remote command wrote
 */
export function sshFailure(host: string, words: string): AppError {
  const lines = words
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[@*\s]+$/.test(line));
  if (/HOST IDENTIFICATION HAS CHANGED|Host key for .* has changed/i.test(words)) {
    const file = /Offending .*key in (.+):\d+/.exec(words)?.[1];
    const where = file === undefined ? 'known_hosts' : file;
    return new AppError('host-key-changed', `The key of ${host} is not the one that ${where} has for it.`, {
      hint: `Ask whoever runs that host whether its key was changed; if so, remove the old one with ssh-keygen -R and connect once with ssh ${host}.`,
    });
  }
  if (/Host key verification failed|No .* host key is known/i.test(words)) {
    return new AppError('ssh-failed', `The key of ${host} is not in known_hosts.`, {
      hint: `Connect once with ssh ${host} in a terminal, and compare the fingerprint that it shows.`,
    });
  }
  const said = (lines.at(-1) ?? 'ssh ended without a word').replace(/[.\s]+$/, '');
  return new AppError('ssh-failed', `Could not connect to ${host}: ${said}.`, { hint: hintOf(host, words) });
}

function hintOf(host: string, words: string): string {
  if (/Permission denied|Too many authentication failures/i.test(words))
    return `ssh ${host} has to work without a question: load the key into an agent or name it in ~/.ssh/config.`;
  if (/Could not resolve/i.test(words)) return 'Check the name, or give it a HostName in ~/.ssh/config.';
  return `Check that ssh ${host} works in a terminal.`;
}
