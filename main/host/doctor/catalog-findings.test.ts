import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_KINDS } from '#main/stages/catalog.ts';
import { examineCatalog, toolsOf } from './catalog-findings.ts';

describe('what doctor says of the tools of kinds', () => {
  it('names each of them once, with all kinds that may use it', () => {
    const tools = toolsOf(BUILT_IN_KINDS);
    const names = tools.map(({ tool }) => tool.name);
    expect(new Set(names).size).toBe(names.length);
    const git = tools.find(({ tool }) => tool.name === 'git');
    expect(git?.kinds).toContain('source.git');
    expect(git?.group).toBe('Source');
    for (const kind of BUILT_IN_KINDS) {
      for (const { bins } of kind.tools ?? []) {
        const holder = tools.find(({ tool }) => tool.bins.some((bin) => bins.includes(bin)));
        expect(holder?.kinds, kind.id).toContain(kind.id);
      }
    }
  });

  it.runIf(process.platform !== 'win32')(
    'is what it found, what is too old, and how to get what is missing',
    async () => {
      const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-doctor-'));
      try {
        for (const [name, says] of [
          ['git', 'git version 2.1.0'],
          ['hg', '6.3.2'],
        ] as const) {
          writeFileSync(path.join(dir, name), `#!/bin/sh\necho "${says}"\n`);
          chmodSync(path.join(dir, name), 0o755);
        }
        const findings = await examineCatalog(BUILT_IN_KINDS, { PATH: dir });
        const named = (name: string) => findings.find((one) => one.name === name);
        expect(named('git')).toMatchObject({
          status: 'outdated',
          version: '2.1.0',
          hint: expect.stringMatching(/^At least 2\./) as string,
        });
        expect(named('hg')).toMatchObject({ status: 'ok', version: '6.3.2', hint: null });
        expect(named('svn')).toMatchObject({
          status: 'missing',
          hint: expect.stringContaining('apt install subversion') as string,
        });
        expect(named('svn')?.neededFor).toContain('`source.svn`');
      } finally {
        rmSync(dir, { recursive: true });
      }
    },
  );
});
