import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createKindFixture,
  isMissing,
  type KindFixture,
  type KindRun,
  type StageText,
} from './kind-fixture.ts';
import { freePort } from './peers/free-port.ts';

let fixture: KindFixture;
let refusing: string;
beforeAll(async () => {
  fixture = await createKindFixture();
  // Nobody listens there.
  refusing = `127.0.0.1:${await freePort()}`;
  fixture.write('package.json', '{"name":"shop","version":"1.0.0","dependencies":{"left":"1.0.0"}}');
  fixture.write('dist/shop.tgz', 'the shop');
  fixture.write('go/go.mod', 'module shop\n\ngo 1.19\n\nrequire example.invalid/left v1.0.0\n');
  fixture.write('go/go.sum', `example.invalid/left v1.0.0 h1:${'A'.repeat(43)}=\n`);
  fixture.write('py/requirements.txt', `left==1.0.0 --hash=sha256:${'0'.repeat(64)}\n`);
  const crate = 'name = "shop"\nversion = "1.0.0"';
  fixture.write('rs/Cargo.toml', `[package]\n${crate}\nedition = "2021"\n[dependencies]\nleft = "1.0.0"\n`);
  fixture.write('rs/src/lib.rs', '');
  const from = `source = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "${'0'.repeat(64)}"`;
  fixture.write(
    'rs/Cargo.lock',
    `version = 3\n\n[[package]]\nname = "left"\nversion = "1.0.0"\n${from}\n\n[[package]]\n${crate}\ndependencies = ["left"]\n`,
  );
});
afterAll(() => fixture[Symbol.asyncDispose]());

/** Reserved: no server knows this name. */
const UNKNOWN = 'nowhere.invalid';

function lock(host: string): void {
  const packages = {
    '': { name: 'shop', version: '1.0.0', dependencies: { left: '1.0.0' } },
    'node_modules/left': {
      version: '1.0.0',
      resolved: `http://${host}/left/-/left-1.0.0.tgz`,
      integrity: `sha512-${'A'.repeat(86)}==`,
    },
  };
  fixture.write(
    'package-lock.json',
    JSON.stringify({ name: 'shop', version: '1.0.0', lockfileVersion: 3, packages }),
  );
}

/** npm as it is asked here: no second try, and nothing of what it fetched for others. */
const npm = (host: string): StageText => ({
  npm_config_registry: `http://${host}/`,
  npm_config_fetch_retries: '0',
  npm_config_cache: `${fixture.dir}/npm-cache`,
});

const crates = (host: string): StageText => ({
  CARGO_SOURCE_CRATES_IO_REPLACE_WITH: 'other',
  CARGO_SOURCE_OTHER_REGISTRY: `http://${host}/index`,
});

interface Case {
  readonly tools: readonly string[];
  readonly settings: (host: string) => StageText;
  readonly more?: (host: string) => StageText;
  /** How it says in the log that it tries again; null: it does not. */
  readonly again: RegExp | null;
}

const again = /trying again in \d+ ms \(1 of 1\)/;
const CASES: Readonly<Record<string, Case>> = {
  'source.git': {
    tools: ['git'],
    settings: (host) => ({ url: `http://${host}/shop.git`, path: host.replace(':', '-'), retries: 1 }),
    again,
  },
  'source.resolve': {
    tools: ['git'],
    settings: (host) => ({ url: `http://${host}/shop.git`, patterns: ['*'], retries: 1 }),
    again,
  },
  'source.svn': {
    tools: ['svn'],
    settings: (host) => ({ url: `svn://${host}/shop`, path: 'svn', retries: 1 }),
    again,
  },
  'source.hg': {
    tools: ['hg'],
    settings: (host) => ({ url: `http://${host}/shop`, path: 'hg', retries: 1 }),
    again,
  },
  'deps.install': { tools: ['npm'], settings: () => ({}), more: (host) => ({ env: npm(host) }), again: null },
  'deps.install with Go': {
    tools: ['go'],
    settings: () => ({}),
    more: (host) => ({
      'working-directory': 'go',
      env: {
        GOPROXY: `http://${host}`,
        GOFLAGS: '-mod=mod',
        GONOSUMDB: '*',
        GOMODCACHE: `${fixture.dir}/go`,
      },
    }),
    again: null,
  },
  'deps.install with pip': {
    tools: ['python3'],
    settings: () => ({}),
    more: (host) => ({
      'working-directory': 'py',
      env: {
        PIP_INDEX_URL: `http://${host}/simple`,
        PIP_TRUSTED_HOST: host,
        PIP_RETRIES: '1',
        PIP_NO_CACHE_DIR: '1',
      },
    }),
    again: null,
  },
  'deps.install with Cargo': {
    tools: ['cargo'],
    settings: () => ({}),
    more: (host) => ({
      'working-directory': 'rs',
      env: { CARGO_HOME: `${fixture.dir}/cargo-${host.length}`, CARGO_NET_RETRY: '0', ...crates(host) },
    }),
    again: null,
  },
  'deps.outdated': {
    tools: ['npm'],
    settings: () => ({}),
    more: (host) => ({ env: npm(host) }),
    again: null,
  },
  'deps.manage': {
    tools: ['npm'],
    settings: () => ({ updates: ['left@2.0.0'] }),
    more: (host) => ({ env: npm(host) }),
    again: null,
  },
  'tool.install': {
    tools: ['npm'],
    settings: (host) => ({ tool: 'left', version: '1.0.0', via: 'npm', registry: `http://${host}/` }),
    more: (host) => ({ env: npm(host) }),
    again: null,
  },
  'test.vuln': {
    tools: ['npm'],
    settings: () => ({ tool: 'npm' }),
    more: (host) => ({ env: npm(host) }),
    again: null,
  },
  'publish.npm': {
    tools: ['npm'],
    settings: (host) => ({ registry: `http://${host}/`, retries: 1 }),
    again,
  },
  'publish.oci': {
    tools: [],
    settings: (host) => ({ to: `${host}/team/shop:1`, paths: 'dist/shop.tgz', retries: 1 }),
    again,
  },
  'publish.files': {
    tools: [],
    settings: (host) => ({
      ...{ to: 's3', target: 'releases/team', endpoint: `http://${host}`, paths: 'dist/shop.tgz' },
      ...{ 'access-key-id': 'nobody', 'secret-access-key': 'x', retries: 1 },
    }),
    again,
  },
  'publish.access': {
    tools: [],
    settings: (host) => ({
      ...{ registry: `http://${host}/`, type: 'npm', name: 'shop', retries: 1 },
      principals: [{ name: 'anyone', pull: 'allowed', push: 'refused' }],
    }),
    again,
  },
  'service.http': { tools: [], settings: (host) => ({ url: `http://${host}/`, retries: 1 }), again },
};

describe.each(Object.entries(CASES))(
  '%s without a network',
  (title, { tools, settings, more, again: log }) => {
    const run = (host: string): Promise<KindRun> => {
      lock(host);
      return fixture.runStage({ uses: title.split(' ')[0], with: settings(host), ...more?.(host) });
    };
    it.skipIf(isMissing(...tools)).each([
      ['nobody listens', () => refusing],
      ['no server has that name', () => UNKNOWN],
    ])(
      'could not do its work, in one sentence, where %s',
      async (_, host) => {
        const done = await run(host());
        const outcome = done.outcome();
        expect(outcome).toMatch(/^infra-error: .*[^.]\.$/);
        expect(outcome).not.toContain('\n');
        const said = await done.log();
        if (log === null) expect(said).not.toContain('trying again');
        else expect(said.match(new RegExp(log, 'g'))).toHaveLength(1);
      },
      60_000,
    );
  },
);
