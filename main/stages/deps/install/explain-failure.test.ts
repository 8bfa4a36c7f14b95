import { expect, it } from 'vitest';
import { faultOf } from './explain-failure.ts';

it.each([
  ['drift', '`npm ci` can only install packages when your package.json and package-lock.json are in sync.'],
  ['drift', 'error: the lock file /x/Cargo.lock needs to be updated but --locked was passed to prevent this'],
  ['drift', 'ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile"'],
  ['drift', 'go: updates to go.mod needed'],
  ['integrity', 'npm error code EINTEGRITY'],
  ['integrity', 'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.'],
  ['integrity', 'verifying a@v1.0.0: checksum mismatch'],
  ['network', 'npm error code ECONNREFUSED'],
  [
    'network',
    "WARNING: Retrying after connection broken by 'NameResolutionError(...): Failed to resolve 'nowhere.invalid'",
  ],
  ['other', 'npm error code ENOENT'],
])('%s: %s', (fault, said) => {
  expect(faultOf(said)).toBe(fault);
});
