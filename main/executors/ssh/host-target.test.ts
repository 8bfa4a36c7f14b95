import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { targetOf } from './host-target.ts';
import { parseOptions } from './ssh-arguments.ts';

const target = (text: string) => targetOf('build', parseOptions(text));

it('knows a host by its name, with its port where that is another than usual', () => {
  expect(target('hostname 10.0.0.7\nport 22\nuser me')).toMatchObject({ knownName: '10.0.0.7', user: 'me' });
  expect(target('hostname 10.0.0.7\nport 2222').knownName).toBe('[10.0.0.7]:2222');
  expect(target('hostname 10.0.0.7\nport 2222\nhostkeyalias farm').knownName).toBe('farm');
});

it('sees what stands between here and the host', () => {
  expect(target('proxyjump bastion').isProxied).toBe(true);
  expect(target('proxycommand nc %h %p').isProxied).toBe(true);
  expect(target('proxyjump none\nproxycommand none').isProxied).toBe(false);
});

it('reads files of known hosts with spaces and homes, and none where there are none', () => {
  const files = target('userknownhostsfile ~/.ssh/known_hosts "/a b/known" /c').knownHostsFiles;
  expect(files).toEqual([
    path.join(os.homedir(), '.ssh/known_hosts'),
    path.resolve('/a b/known'),
    path.resolve('/c'),
  ]);
  expect(target('userknownhostsfile /dev/null').knownHostsFiles).toEqual([]);
});

it('waits as long as the configuration says, ten seconds unless it says so', () => {
  expect(target('connecttimeout 3').connectTimeoutMs).toBe(3_000);
  expect(target('connecttimeout none').connectTimeoutMs).toBe(10_000);
});
