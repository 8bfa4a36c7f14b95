import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isMissing } from '../kinds/kind-fixture.ts';
import { type NpmRegistry, startNpmRegistry } from '../kinds/npm-registry.ts';
import { createPluginFixture, type PluginFixture } from './plugin-fixture.ts';

const isLeftOut = isMissing('verdaccio', 'npm');
const MANIFEST = 'name: Greet\nruns: { using: node24, main: index.js }\n';

let fixture: PluginFixture;
let registry: NpmRegistry;
const before = process.env['npm_config_registry'];
beforeAll(async () => {
  if (isLeftOut) return;
  fixture = await createPluginFixture();
  registry = await startNpmRegistry();
  process.env['npm_config_registry'] = registry.url;
  process.env['npm_config_cache'] = path.join(fixture.dir, 'npm-cache');
});
afterAll(async () => {
  if (isLeftOut) return;
  if (before === undefined) delete process.env['npm_config_registry'];
  else process.env['npm_config_registry'] = before;
  delete process.env['npm_config_cache'];
  await fixture[Symbol.asyncDispose]();
  await registry[Symbol.asyncDispose]();
});

it.skipIf(isLeftOut)('a package is pinned by its version and integrity, and runs', async () => {
  const files = { 'action.yml': MANIFEST, 'index.js': "console.log('greetings from a package');" };
  await registry.publish('@acme/greet', '1.2.3', {}, files);
  await fixture.add('greet', 'npm:@acme/greet@1.2.3');
  const lock = readFileSync(path.join(fixture.projectDir, '.pipewright/plugins.lock.json'), 'utf8');
  expect(JSON.parse(lock)).toMatchObject({
    plugins: {
      greet: {
        source: {
          npm: '@acme/greet',
          version: '1.2.3',
          integrity: expect.stringMatching(/^sha512-/) as string,
        },
      },
    },
  });
  const run = await fixture.runStage({ uses: 'plugin:greet' });
  expect(run.outcome()).toBe('succeeded');
  expect(await run.log()).toContain('greetings from a package');
});

it.skipIf(isLeftOut)('a package whose names lead out of it is refused, and nothing is written', async () => {
  const files = { 'action.yml': MANIFEST, '../../../../escaped.txt': 'no' };
  await registry.publish('hostile', '1.0.0', {}, files);
  await expect(fixture.add('hostile', 'npm:hostile@1.0.0')).rejects.toThrow(
    /cannot be used: .*leads out of it/,
  );
  const names = readdirSync(fixture.dir, { recursive: true, encoding: 'utf8' });
  expect(names.filter((name) => path.basename(name) === 'escaped.txt')).toEqual([]);
  expect(
    readdirSync(path.join(fixture.dir, 'data/plugins')).filter((name) => name.startsWith('new-')),
  ).toEqual([]);
});

it.skipIf(isLeftOut)(
  'a package that is not there, and a registry that is away, are told in one sentence',
  async () => {
    await expect(fixture.add('none', 'npm:none@1.0.0')).rejects.toThrow(
      /^npm could not fetch the plugin: [^\n]*404[^\n]*$/,
    );
    process.env['npm_config_registry'] = 'http://127.0.0.1:9/';
    process.env['npm_config_fetch_retries'] = '0';
    try {
      await expect(fixture.add('away', 'npm:away@1.0.0')).rejects.toThrow(
        /^npm could not fetch the plugin: [^\n]*ECONNREFUSED/,
      );
    } finally {
      process.env['npm_config_registry'] = registry.url;
      delete process.env['npm_config_fetch_retries'];
    }
  },
);
