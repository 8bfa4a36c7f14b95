import { expect, it } from 'vitest';
import { isNetworkCut } from './retry-network.ts';

it.each([
  'fatal: early EOF\nfatal: fetch-pack: invalid index-pack output',
  'error: RPC failed; curl 18 transfer closed with outstanding read data remaining',
  "fatal: unable to access 'http://x/': Could not resolve host: x",
  "fatal: unable to access 'http://x/': The requested URL returned error: 503",
  'kex_exchange_identification: read: Connection reset by peer',
  'fatal: the remote end hung up unexpectedly',
  "svn: E170013: Unable to connect to a repository at URL 'svn://x'",
])('another try may help after %j', (stderr) => {
  expect(isNetworkCut(stderr)).toBe(true);
});

it.each([
  "fatal: Authentication failed for 'http://x/'",
  "fatal: unable to access 'http://x/': The requested URL returned error: 403",
  'git@x: Permission denied (publickey).\nfatal: the remote end hung up unexpectedly',
  "fatal: couldn't find remote ref nope",
  'error: pathspec did not match',
])('another try would not help after %j', (stderr) => {
  expect(isNetworkCut(stderr)).toBe(false);
});
