/** What calls another command: the words before it, each list one way to do so. */
const RUNNERS: readonly (readonly string[])[] = [
  ...[
    ['npx'],
    ['bunx'],
    ['pnpm', 'exec'],
    ['yarn', 'exec'],
    ['npm', 'exec'],
    ['bundle', 'exec'],
    ['xvfb-run'],
  ],
  ...[
    ['uv', 'run'],
    ['poetry', 'run'],
    ['pipenv', 'run'],
    ['python', '-m'],
    ['python3', '-m'],
    ['py', '-m'],
  ],
];

/** Options whose value is the next word, so that it is not taken for what the tool is to do. */
const WITH_VALUE: ReadonlySet<string> = new Set([
  ...['-C', '--prefix', '--cwd', '--dir', '--directory', '--project-directory', '-w', '--workspace'],
  ...[
    '--filter',
    '-H',
    '--host',
    '--context',
    '-n',
    '--namespace',
    '--kubeconfig',
    '-f',
    '--file',
    '--profile',
  ],
]);

/** What a tool is told to do, by its name; `*` is whatever it is told. */
type Table = Readonly<Record<string, readonly string[]>>;

const ANY = ['*'];

const NETWORK: Table = {
  npm: ['ci', 'install', 'i', 'add', 'update', 'publish', 'audit', 'outdated', 'view', 'login'],
  pnpm: ['install', 'i', 'add', 'update', 'publish', 'audit', 'dlx', 'fetch'],
  yarn: ['', 'install', 'add', 'up', 'upgrade', 'publish', 'npm publish', 'dlx'],
  bun: ['install', 'i', 'add', 'update', 'publish'],
  pip: ['install', 'download', 'wheel'],
  pip3: ['install', 'download', 'wheel'],
  pipenv: ['install', 'sync', 'update'],
  poetry: ['install', 'add', 'update', 'publish'],
  uv: ['sync', 'pip install', 'add', 'publish', 'lock'],
  twine: ['upload'],
  curl: ANY,
  wget: ANY,
  ssh: ANY,
  scp: ANY,
  sftp: ANY,
  git: ['clone', 'fetch', 'pull', 'push', 'ls-remote', 'submodule update', 'lfs pull', 'lfs fetch'],
  docker: ['pull', 'push', 'build', 'buildx build', 'login', 'compose up', 'compose pull', 'compose build'],
  podman: ['pull', 'push', 'build', 'login'],
  skopeo: ['copy', 'inspect', 'sync'],
  crane: ANY,
  'docker-compose': ['up', 'pull', 'build'],
  apt: ['install', 'update', 'upgrade'],
  'apt-get': ['install', 'update', 'upgrade'],
  apk: ['add', 'update', 'upgrade'],
  dnf: ['install', 'update', 'upgrade'],
  yum: ['install', 'update', 'upgrade'],
  brew: ['install', 'update', 'upgrade'],
  choco: ['install', 'upgrade'],
  go: ['get', 'install', 'mod download', 'mod tidy'],
  cargo: ['fetch', 'install', 'publish', 'update'],
  mvn: ANY,
  mvnw: ANY,
  gradle: ANY,
  gradlew: ANY,
  dotnet: ['restore', 'nuget push', 'tool install'],
  composer: ['install', 'update', 'require'],
  bundle: ['install', 'update'],
  gem: ['install', 'push'],
  terraform: ['init', 'plan', 'apply', 'destroy'],
  tofu: ['init', 'plan', 'apply', 'destroy'],
  kubectl: ANY,
  helm: ['install', 'upgrade', 'repo add', 'repo update', 'push', 'pull', 'rollback', 'dependency update'],
  ...{
    aws: ANY,
    gcloud: ANY,
    az: ANY,
    gh: ANY,
    flyctl: ANY,
    fly: ANY,
    vercel: ANY,
    netlify: ANY,
    wrangler: ANY,
  },
  'ansible-playbook': ANY,
};

const DEPLOY: Table = {
  kubectl: ['apply', 'replace', 'set image', 'rollout restart', 'create'],
  helm: ['install', 'upgrade'],
  terraform: ['apply'],
  tofu: ['apply'],
  pulumi: ['up', 'update'],
  aws: [
    's3 sync',
    's3 cp',
    'ecs update-service',
    'cloudformation deploy',
    'lambda update-function-code',
    'deploy',
  ],
  gcloud: ['run deploy', 'app deploy', 'functions deploy'],
  az: ['webapp deploy', 'webapp up', 'containerapp up', 'functionapp deploy'],
  flyctl: ['deploy'],
  fly: ['deploy'],
  vercel: ['', 'deploy', 'promote'],
  netlify: ['deploy'],
  wrangler: ['deploy', 'publish'],
  cap: ANY,
  'ansible-playbook': ANY,
  npm: ['run deploy'],
  pnpm: ['deploy', 'run deploy'],
  yarn: ['deploy', 'run deploy'],
  make: ['deploy'],
};

const TEST: Table = {
  npm: ['test', 't', 'run test'],
  pnpm: ['test', 't', 'run test'],
  yarn: ['test', 'run test'],
  bun: ['test', 'run test'],
  ...{
    vitest: ANY,
    jest: ANY,
    mocha: ANY,
    ava: ANY,
    tap: ANY,
    pytest: ANY,
    tox: ANY,
    nox: ANY,
    unittest: ANY,
  },
  ...{ phpunit: ANY, rspec: ANY, ctest: ANY, gotestsum: ANY, bats: ANY },
  node: ['--test'],
  deno: ['test'],
  go: ['test'],
  cargo: ['test', 'nextest run'],
  mvn: ['test', 'verify'],
  mvnw: ['test', 'verify'],
  gradle: ['test', 'check'],
  gradlew: ['test', 'check'],
  dotnet: ['test'],
  playwright: ['test'],
  cypress: ['run'],
  rails: ['test'],
  make: ['test', 'check'],
};

/** What only looks at files and says what it thinks of them: it hands nothing on, and needs no secret. */
const PURE_CHECK: Table = {
  ...{ eslint: ANY, oxlint: ANY, stylelint: ANY, markdownlint: ANY, jshint: ANY, standard: ANY, knip: ANY },
  ...{ flake8: ANY, pylint: ANY, mypy: ANY, pyright: ANY, bandit: ANY, yamllint: ANY, shellcheck: ANY },
  ...{
    hadolint: ANY,
    'golangci-lint': ANY,
    staticcheck: ANY,
    rubocop: ANY,
    actionlint: ANY,
    checkstyle: ANY,
  },
  prettier: ['--check', '-c'],
  tsc: ['--noEmit', '-noEmit'],
  ruff: ['check'],
  black: ['--check'],
  isort: ['--check', '--check-only'],
  biome: ['check', 'lint', 'ci'],
  go: ['vet'],
  cargo: ['clippy', 'fmt'],
  npm: ['run lint', 'run typecheck', 'run type-check', 'run check:types', 'run format:check'],
  pnpm: ['lint', 'typecheck', 'run lint', 'run typecheck'],
  yarn: ['lint', 'typecheck', 'run lint', 'run typecheck'],
  make: ['lint'],
};

/** What a shell does itself or with the files before it, so that a secret in the environment is of no use to it. */
const PLAIN: Table = {
  ...{ echo: ANY, printf: ANY, mkdir: ANY, cp: ANY, mv: ANY, rm: ANY, ls: ANY, cat: ANY, tar: ANY, zip: ANY },
  ...{
    cd: ANY,
    test: ANY,
    '[': ANY,
    true: ANY,
    sleep: ANY,
    touch: ANY,
    gzip: ANY,
    unzip: ANY,
    wc: ANY,
    date: ANY,
  },
  ...{
    sha256sum: ANY,
    head: ANY,
    tail: ANY,
    sort: ANY,
    grep: ANY,
    find: ANY,
    chmod: ANY,
    pwd: ANY,
    set: ANY,
  },
};

const TABLES = {
  network: NETWORK,
  deploy: DEPLOY,
  test: TEST,
  'pure-check': PURE_CHECK,
  plain: PLAIN,
} as const;

/** What a command is known to be: `pure-check` and `plain` neither hand anything on nor read secrets. */
export type CommandTrait = keyof typeof TABLES;

/** Families of the catalog (`family.name`) with the same traits. */
const FAMILIES: Readonly<Partial<Record<CommandTrait, readonly string[]>>> = {
  network: ['source', 'deps', 'publish', 'release', 'deploy', 'notify', 'monitor'],
  deploy: ['deploy'],
  test: ['test'],
};

/** Whether a simple command is known to be of a kind. @param words as `readCommands` gives them */
export function isCommand(trait: CommandTrait, words: readonly string[]): boolean {
  const [program = '', ...rest] = withoutRunner(words);
  const known = own(TABLES[trait], nameOf(program));
  if (known === undefined) return trait === 'deploy' && isDeployScript(program);
  if (known === ANY) return true;
  const told = toldOf(rest).join(' ');
  // `npm run test:unit` is a test as `npm run test` is.
  const says = (phrase: string): boolean =>
    told === phrase || (phrase !== '' && (told.startsWith(`${phrase} `) || told.startsWith(`${phrase}:`)));
  return known.some((phrase) => (phrase.startsWith('-') ? rest.includes(phrase) : says(phrase)));
}

/** As `isCommand`, of a kind of the catalog. */
export const isKindOf = (trait: CommandTrait, kind: string): boolean =>
  FAMILIES[trait]?.includes(kind.split('.')[0]!) === true;

/** A command in few words, for a message: `npm ci`. Holds nothing but the names of the tool and of what it does. */
export function commandTitle(words: readonly string[]): string {
  const [program = '', ...rest] = withoutRunner(words);
  const [first] = toldOf(rest);
  return first !== undefined && /^[a-z][a-z-]*$/.test(first)
    ? `${nameOf(program)} ${first}`
    : nameOf(program);
}

/** A tool that leaves a lock file behind, by which a cache of what it fetched can be told apart. */
const LOCK_FILES: readonly (readonly [tools: readonly string[], lockFile: string])[] = [
  [['npm'], 'package-lock.json'],
  [['pnpm'], 'pnpm-lock.yaml'],
  [['yarn'], 'yarn.lock'],
  [['bun'], 'bun.lock'],
  [['pip', 'pip3'], '**/requirements*.txt'],
  [['poetry'], 'poetry.lock'],
  [['uv'], 'uv.lock'],
  [['pipenv'], 'Pipfile.lock'],
  [['go'], 'go.sum'],
  [['cargo'], 'Cargo.lock'],
  [['mvn', 'mvnw'], '**/pom.xml'],
  [['gradle', 'gradlew'], '**/*.gradle*'],
  [['composer'], 'composer.lock'],
  [['bundle'], 'Gemfile.lock'],
  [['dotnet'], '**/packages.lock.json'],
];

/** The lock file of the first of the commands that has one; null without. */
export function lockFileOf(commands: Iterable<readonly string[]>): string | null {
  for (const [first = ''] of commands) {
    const program = nameOf(first);
    const found = LOCK_FILES.find(([tools]) => tools.includes(program));
    if (found !== undefined) return found[1];
  }
  return null;
}

/** `./deploy.sh` and `scripts/deploy-web` deploy. */
const isDeployScript = (program: string): boolean =>
  program.includes('/') && /^(deploy|rollout)([-_.]|$)/.test(nameOf(program));

function withoutRunner(words: readonly string[]): readonly string[] {
  const runner = RUNNERS.find((start) => start.every((word, index) => words[index] === word));
  if (runner === undefined) return words;
  const inner = words.slice(runner.length);
  const first = inner.findIndex((word) => !word.startsWith('-'));
  return first < 0 ? words : inner.slice(first);
}

/** The words that are neither options nor their values. */
function toldOf(words: readonly string[]): readonly string[] {
  return words.filter(
    (word, index) =>
      (!word.startsWith('-') || word === '-') &&
      !WITH_VALUE.has(words[index - 1] ?? '') &&
      !/^[<>]/.test(word),
  );
}

const nameOf = (program: string): string =>
  program
    .split(/[/\\]/)
    .at(-1)!
    .replace(/\.(exe|cmd|bat)$/i, '');

const own = (table: Table, name: string): readonly string[] | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
