import { block, type Line } from './pipeline-text.ts';
import type { NodeFacts } from './project-facts.ts';

interface Manager {
  readonly name: string;
  /** With and without a lock file to hold to. */
  readonly install: readonly [locked: string, free: string];
  /** What it downloads goes here, relative to the workspace, so that it can be kept. */
  readonly store: string;
  readonly env: readonly Line[];
  /** Before the arguments of a script. */
  readonly separator: string;
}

const MANAGERS: Readonly<Record<NodeFacts['manager'], Manager>> = {
  npm: {
    name: 'npm',
    install: ['npm ci --cache .npm --prefer-offline', 'npm install --cache .npm --prefer-offline'],
    store: '.npm',
    env: [],
    separator: ' --',
  },
  pnpm: {
    name: 'pnpm',
    install: [
      'pnpm install --frozen-lockfile --store-dir .pnpm-store',
      'pnpm install --store-dir .pnpm-store',
    ],
    store: '.pnpm-store',
    env: [],
    separator: '',
  },
  yarn: {
    name: 'yarn',
    install: [
      'yarn install --frozen-lockfile --cache-folder .yarn-cache',
      'yarn install --cache-folder .yarn-cache',
    ],
    store: '.yarn-cache',
    env: [],
    separator: '',
  },
  'yarn-berry': {
    name: 'yarn',
    install: ['yarn install --immutable', 'yarn install'],
    store: '.yarn/cache',
    env: block('env', ['YARN_ENABLE_GLOBAL_CACHE: false']),
    separator: '',
  },
  bun: {
    name: 'bun',
    install: ['bun install --frozen-lockfile', 'bun install'],
    store: '.bun-cache',
    env: block('env', ['BUN_INSTALL_CACHE_DIR: .bun-cache']),
    separator: '',
  },
};

/** The command that people type. */
export const managerName = ({ manager }: NodeFacts): string => MANAGERS[manager].name;

/** Runs a script of package.json. */
export function runScript(node: NodeFacts, name: string, args = ''): string {
  const { name: command, separator } = MANAGERS[node.manager];
  const words = name === 'test' && node.manager !== 'bun' ? 'test' : `run ${name}`;
  return `${command} ${words}${args === '' ? '' : `${separator} ${args}`}`;
}

/** The lines of a stage that installs what package.json asks for, with a cache by the lock file. */
export function installLines(node: NodeFacts): readonly Line[] {
  const { name, install, store, env } = MANAGERS[node.manager];
  return [
    `run: ${install[node.lockFile === null ? 1 : 0]}`,
    ...env,
    'timeout: 10m',
    ...block('cache', [
      `key: ${name}-\${{ hashFiles('${node.lockFile ?? 'package.json'}') }}`,
      `restore-keys: [${name}-]`,
      `paths: ${store}`,
    ]),
  ];
}
