import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSampleProject } from '#main/vcs/sample-project.ts';
import { isSshdMissing, startSshd } from '#test/support/sshd.ts';
import { createCliFixture } from './cli-fixture.ts';
import { type ShownRun, statuses } from './shown-run.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../fixtures/sample-project');

interface PlacedRun extends ShownRun {
  readonly stages: readonly (ShownRun['stages'][number] & { readonly place: unknown })[];
}

describe.skipIf(isSshdMissing())('the sample project (skipped without an OpenSSH server)', () => {
  it('runs on an SSH host that its defaults name, all else unchanged', { timeout: 240_000 }, async () => {
    await using sshd = await startSshd();
    sshd.configure([`SetEnv PATH=${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`]);
    const dir = mkdtempSync(path.join(os.tmpdir(), 'pipewright-sample-'));
    try {
      const targetDir = path.join(dir, 'sample');
      await createSampleProject({ templateDir: SAMPLE, targetDir });
      const pipeline = readFileSync(path.join(SAMPLE, 'pipewright.yml'), 'utf8');
      const file = path.join(targetDir, '.pipewright', 'on-host.yml');
      writeFileSync(file, `defaults: { runs-on: { ssh: ${sshd.host} } }\n${pipeline}`);
      await using fixture = createCliFixture('', { env: { PIPEWRIGHT_SSH_CONFIG: sshd.configFile } });
      const project = ['--project', targetDir];
      const { code, stdout, stderr } = await fixture.cli(...project, 'run', '--trust', file);
      expect(code, `${stdout}${stderr}`).toBe(0);
      const run = await fixture.json<PlacedRun>(...project, 'runs', 'show', 'latest');
      expect(new Set(Object.values(statuses(run)))).toEqual(new Set(['succeeded']));
      for (const { place } of run.stages) expect(place).toEqual({ type: 'ssh', host: sshd.host });
      expect(sshd.leftovers()).toEqual([]);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
