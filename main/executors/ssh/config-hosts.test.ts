import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listConfigHosts, parseConfig } from './config-hosts.ts';

it('lists the names of a configuration and of what it includes, without patterns', async () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-config-'));
  try {
    const configFile = path.join(dir, 'config');
    writeFileSync(path.join(dir, 'more.conf'), 'Host far # not near\n  HostName 10.0.0.1\n');
    writeFileSync(
      configFile,
      `Include ${dir}/*.conf\nInclude ${configFile}\nHOST=web "build 1" build-1 *.example.org !x db?\n Host -oX web\nMatch all\n#Host hidden\n`,
    );
    expect(await listConfigHosts({ file: 'ssh', configFile })).toEqual(['build-1', 'far', 'web']);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

it('lists nothing where there is no configuration', async () => {
  expect(await listConfigHosts({ file: 'ssh', configFile: '/nowhere/config' })).toEqual([]);
});

it('reads any text', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const { key, values } of parseConfig(`Host a\n${text}`)) {
        expect(key).toBe(key.toLowerCase());
        expect(values).toBeInstanceOf(Array);
      }
    }),
  );
});
