import type { Tool } from '../../tools/tool.ts';
import { NPM } from '../npm/run-npm.ts';

export interface InstallWish {
  /** The lock file decides, and nothing may change it. */
  readonly frozen: boolean;
  /** Packages for production alone. */
  readonly production: boolean;
  /** Packages may run scripts of their own. */
  readonly scripts: boolean;
  /** Nothing is fetched that is not there already. */
  readonly offline: boolean;
  /** The text of the lock file; '' without one. */
  readonly lock: string;
}

/** A command of a manager: words after its program, and variables. */
export interface InstallCommand {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** What installs the dependencies of a project. */
export interface PackageManager {
  readonly name: string;
  readonly tool: Tool;
  /** Lock files of it, the first that is there counts. */
  readonly locks: readonly string[];
  /** What it installs from where there is no lock file. */
  readonly manifests: readonly string[];
  /** One after the other. */
  readonly commands: (wish: InstallWish) => readonly InstallCommand[];
}

const words = (...parts: readonly (string | false)[]): readonly string[] =>
  parts.filter((part): part is string => part !== false);
const one = (...parts: readonly (string | false)[]): readonly InstallCommand[] => [{ args: words(...parts) }];

/** The table of managers; of several that fit, the first goes before the others. */
export const MANAGERS: readonly PackageManager[] = [
  {
    name: 'pnpm',
    tool: { name: 'pnpm', bins: ['pnpm'], isNodePackage: true, install: 'npm install --global pnpm' },
    locks: ['pnpm-lock.yaml'],
    manifests: [],
    commands: ({ frozen, production, scripts, offline }) =>
      one(
        'install',
        frozen ? '--frozen-lockfile' : '--no-frozen-lockfile',
        production && '--prod',
        !scripts && '--ignore-scripts',
        offline && '--offline',
      ),
  },
  {
    name: 'yarn',
    tool: { name: 'yarn', bins: ['yarn'], isNodePackage: true, install: 'npm install --global yarn' },
    locks: ['yarn.lock'],
    manifests: [],
    // The lock of Yarn 2 and later begins with its own version.
    commands: ({ frozen, production, scripts, offline, lock }) =>
      lock.includes('__metadata:')
        ? [
            {
              args: words('install', frozen && '--immutable', !scripts && '--mode=skip-build'),
              env: offline ? { YARN_ENABLE_NETWORK: '0' } : {},
            },
          ]
        : one(
            'install',
            '--non-interactive',
            frozen && '--frozen-lockfile',
            production && '--production',
            !scripts && '--ignore-scripts',
            offline && '--offline',
          ),
  },
  {
    name: 'bun',
    tool: { name: 'bun', bins: ['bun'], isNodePackage: true, install: 'npm install --global bun' },
    locks: ['bun.lock', 'bun.lockb'],
    manifests: [],
    commands: ({ frozen, production, scripts }) =>
      one(
        'install',
        frozen && '--frozen-lockfile',
        production && '--production',
        !scripts && '--ignore-scripts',
      ),
  },
  {
    name: 'npm',
    tool: NPM,
    locks: ['npm-shrinkwrap.json', 'package-lock.json'],
    manifests: ['package.json'],
    commands: ({ frozen, production, scripts, offline }) =>
      one(
        frozen ? 'ci' : 'install',
        '--no-audit',
        '--no-fund',
        production && '--omit=dev',
        !scripts && '--ignore-scripts',
        offline && '--offline',
      ),
  },
  {
    name: 'uv',
    tool: { name: 'uv', bins: ['uv'], install: 'pip install uv, brew install uv' },
    locks: ['uv.lock'],
    manifests: [],
    commands: ({ frozen, production, offline }) =>
      one('sync', frozen && '--locked', production && '--no-dev', offline && '--offline'),
  },
  {
    name: 'poetry',
    tool: { name: 'poetry', bins: ['poetry'], install: 'pipx install poetry' },
    locks: ['poetry.lock'],
    manifests: [],
    commands: ({ frozen, production }) => [
      ...(frozen ? one('check', '--lock', '--no-interaction') : []),
      ...one('install', '--no-interaction', production && '--only=main'),
    ],
  },
  {
    name: 'pip',
    tool: {
      name: 'python',
      bins: ['python3', 'python'],
      install: 'apt install python3 python3-venv, brew install python',
    },
    locks: ['requirements.txt'],
    manifests: [],
    // Into an environment of the project's own: that of the machine belongs to the machine.
    commands: ({ frozen, offline }) => [
      // What is there already would not be compared with its hash.
      ...one('-m', 'venv', frozen && '--clear', '.venv'),
      {
        args: words(
          ...['-m', 'pip', '--disable-pip-version-check', '--no-input', '--python', '.venv', 'install'],
          frozen && '--require-hashes',
          offline && '--no-index',
          ...['-r', 'requirements.txt'],
        ),
      },
    ],
  },
  {
    name: 'cargo',
    tool: { name: 'cargo', bins: ['cargo'], install: 'from https://rustup.rs, apt install cargo' },
    locks: ['Cargo.lock'],
    manifests: ['Cargo.toml'],
    commands: ({ frozen, offline }) => one('fetch', frozen && '--locked', offline && '--offline'),
  },
  {
    name: 'go',
    tool: {
      name: 'go',
      bins: ['go'],
      versionArgs: ['version'],
      install: 'from https://go.dev/dl, apt install golang',
    },
    locks: ['go.sum'],
    manifests: ['go.mod'],
    commands: ({ offline, frozen }) => {
      const env = { ...(offline && { GOPROXY: 'off' }), ...(frozen && { GOFLAGS: '-mod=readonly' }) };
      return [
        { args: ['mod', 'download'], env },
        { args: ['mod', 'verify'], env },
      ];
    },
  },
  {
    name: 'maven',
    tool: { name: 'maven', bins: ['mvn'], install: 'apt install maven, brew install maven' },
    locks: [],
    manifests: ['pom.xml'],
    commands: ({ offline }) =>
      one('--batch-mode', '--no-transfer-progress', offline && '--offline', 'dependency:resolve'),
  },
  {
    name: 'composer',
    tool: { name: 'composer', bins: ['composer'], install: 'apt install composer, brew install composer' },
    locks: ['composer.lock'],
    manifests: ['composer.json'],
    commands: ({ frozen, production, scripts }) =>
      one(
        frozen ? 'install' : 'update',
        '--no-interaction',
        '--no-progress',
        production && '--no-dev',
        !scripts && '--no-scripts',
      ),
  },
  {
    name: 'bundler',
    tool: { name: 'bundler', bins: ['bundle'], install: 'gem install bundler, apt install bundler' },
    locks: ['Gemfile.lock'],
    manifests: ['Gemfile'],
    commands: ({ frozen, production, offline }) => [
      {
        args: words('install', offline && '--local'),
        env: {
          BUNDLE_PATH: 'vendor/bundle',
          ...(frozen && { BUNDLE_FROZEN: 'true' }),
          ...(production && { BUNDLE_WITHOUT: 'development:test' }),
        },
      },
    ],
  },
];
