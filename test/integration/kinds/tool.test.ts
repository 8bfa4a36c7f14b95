import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture } from './kind-fixture.ts';
import { type NpmRegistry, startNpmRegistry } from './npm-registry.ts';

const MISE = path.resolve(import.meta.dirname, '../../tools/node_modules/@jdxcode/mise-linux-x64/bin');

let fixture: KindFixture;
let registry: NpmRegistry;
const program = (version: string): string => `#!/usr/bin/env node\nconsole.log('${version}');\n`;

beforeAll(async () => {
  registry = await startNpmRegistry();
  for (const [name, version, says] of [
    ['prettier', '3.10.1', '3.10.1'],
    ['liar', '1.0.0', '2.0.0'],
  ] as const) {
    await registry.publish(name, version, { bin: { [name]: 'cli.js' } }, { 'cli.js': program(says) });
  }
  fixture = await createKindFixture();
});
afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
  await registry[Symbol.asyncDispose]();
});

const install = (settings: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  fixture.runStage({ uses: 'tool.install', with: { registry: registry.url, ...settings }, ...more });

describe('tool.install', () => {
  it('installs an npm package as its example does, once', async () => {
    const run = await fixture.runExample('tool.install', { env: { npm_config_registry: registry.url } });
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs).toMatchObject({ version: '3.10.1', via: 'npm', 'was-there': 'false' });
    expect(run.stage().outputs['path']).toContain(path.join(fixture.dir, 'data', 'tools'));
    expect(existsSync(path.join(fixture.projectDir, 'node_modules'))).toBe(false);
    const again = await fixture.runExample('tool.install', { env: { npm_config_registry: registry.url } });
    expect(again.stage().outputs).toMatchObject({ 'was-there': 'true' });
    expect(readdirSync(path.join(fixture.dir, 'data/tools/npm'))).toEqual(['prettier@3.10.1']);
  });

  it('puts it on PATH for the steps that follow', async () => {
    const run = await fixture.run({
      workspace: 'in-place',
      stages: {
        it: {
          steps: [
            {
              uses: 'tool.install',
              with: { tool: 'prettier', version: '3.10.1', via: 'npm', registry: registry.url },
            },
            { run: 'command -v prettier; echo "it is $(prettier --version)"' },
          ],
        },
      },
    });
    expect(run.outcome()).toBe('succeeded');
    expect(await run.log()).toContain('it is 3.10.1');
    expect(await run.log()).toContain(path.join(fixture.dir, 'data', 'tools'));
  });

  it('fails when the program is another version, or the registry does not have it', async () => {
    const other = await install({ tool: 'liar', version: '1.0.0', via: 'npm' });
    expect(other.outcome()).toBe('failed: liar says that it is 2.0.0, not 1.0.0.');
    const none = await install({ tool: 'prettier', version: '9.9.9', via: 'npm' });
    expect(none.outcome()).toMatch(/^infra-error: npm could not install prettier 9\.9\.9/);
    const range = await install({ tool: 'prettier', version: '3', via: 'npm' });
    expect(range.outcome()).toMatch(/^failed: npm installs a whole version only/);
    const option = await install({ tool: '--prefix=/x', version: '1.0.0' });
    expect(option.outcome()).toMatch(/^failed: The settings of tool\.install do not fit/);
    expect((await install({ tool: 'java', version: '21', via: 'mise' })).outcome()).toMatch(
      /mise was not found/,
    );
  });

  it.skipIf(isMissing(path.relative(path.resolve(MISE, '../../../.bin'), path.join(MISE, 'mise'))))(
    'installs by mise where it is on PATH',
    async () => {
      const env = {
        PATH: `${MISE}${path.delimiter}${process.env['PATH']}`,
        MISE_CACHE_DIR: path.join(fixture.dir, 'mise-cache'),
        MISE_STATE_DIR: path.join(fixture.dir, 'mise-state'),
        MISE_CONFIG_DIR: path.join(fixture.dir, 'mise-config'),
      };
      const run = await install({ tool: 'npm:prettier', version: '3.10.1' }, { env });
      expect(run.outcome()).toBe('succeeded');
      expect(run.stage().outputs).toMatchObject({ version: '3.10.1', via: 'mise' });
    },
    120_000,
  );
});
