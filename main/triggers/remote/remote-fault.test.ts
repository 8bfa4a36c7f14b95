import { expect, it } from 'vitest';
import { AppError } from '#shared/lib/app-error.ts';
import { remoteFault } from './remote-fault.ts';
import { waitAfter } from './remote-poll.ts';

const said = (stderr: string): string => remoteFault('https://host/a.git', { stderr });

it('says in one sentence why a remote could not be asked, and the way out where there is one', () => {
  expect(
    said("hint: x\nfatal: could not read Username for 'https://host': terminal prompts disabled\n"),
  ).toBe(
    "https://host/a.git could not be asked: could not read Username for 'https://host': terminal prompts disabled; give a secret that may read it, or let a credential helper of Git know one",
  );
  expect(said("fatal: transport 'file' not allowed")).toMatch(
    /; Git's setting `protocol\.NAME\.allow` could let it$/,
  );
  expect(said("fatal: unable to access 'https://host/a.git/': Could not resolve host: host\n")).toMatch(
    /Could not resolve host: host$/,
  );
  expect(remoteFault('x', { timedOut: true, stderr: '' })).toBe(
    'x could not be asked: it did not answer in time',
  );
  expect(remoteFault('x', { code: 'ENOENT' })).toBe('x could not be asked: there is no Git on this machine');
  expect(remoteFault('x', new AppError('secret-missing', 'There is no secret A.'))).toBe(
    'There is no secret A.',
  );
});

it('keeps to itself a password that stands in the address of a remote', () => {
  expect(said("fatal: unable to access 'https://me:hush@host/a.git/': no")).not.toContain('hush');
});

it('asks a remote that fails ever more seldom, down to once an hour', () => {
  const minutes = (failures: number): number => waitAfter(failures, 300_000) / 60_000;
  expect([0, 1, 2, 3, 4, 5, 6, 1_000].map(minutes)).toEqual([5, 5, 10, 20, 40, 60, 60, 60]);
  expect(waitAfter(3, 7_200_000)).toBe(7_200_000);
});
