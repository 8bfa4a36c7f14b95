import { parseDuration } from '../lib/durations.ts';
import { quote } from './describe-value.ts';
import { splitWords } from './split-words.ts';

/** What is wrong with a value, to follow its name: "… must be …"; null for one that is as it must be. */
type Problem = string | null;

type Check = (value: string) => boolean;

const isText: Check = (value) => value !== '';
const isCount: Check = (value) => /^[1-9]\d*$/.test(value);
const isSize: Check = (value) => optionBytes(value) !== null;
const isName: Check = (value) => /^[A-Za-z0-9][\w.-]*$/.test(value);
const isTime: Check = (value) => parseDuration(value) !== null;

interface Option {
  readonly check: Check;
  readonly example: string;
  /** Only for services: a stage's container does not start by itself, and is not waited for. */
  readonly isOfServices?: boolean;
}

/** Of `docker create`, those that are taken. */
const OPTIONS = {
  'add-host': { check: (value) => /^[^:\s]+:\S+$/.test(value), example: 'db:10.0.0.7' },
  'cap-add': { check: isName, example: 'SYS_PTRACE' },
  'cap-drop': { check: isName, example: 'NET_RAW' },
  cpus: { check: (value) => /^\d*\.?\d+$/.test(value) && Number(value) > 0, example: '1.5' },
  device: { check: (value) => value.startsWith('/'), example: '/dev/kvm' },
  dns: { check: isText, example: '10.0.0.2' },
  'group-add': { check: isName, example: 'video' },
  hostname: { check: isName, example: 'builder' },
  init: { check: isFlag, example: 'true' },
  memory: { check: isSize, example: '2g' },
  'pids-limit': { check: isCount, example: '500' },
  platform: { check: (value) => platformProblem(value) === null, example: 'linux/arm64' },
  privileged: { check: isFlag, example: 'true' },
  'security-opt': { check: isText, example: 'seccomp=unconfined' },
  'shm-size': { check: isSize, example: '256m' },
  sysctl: { check: (value) => /^[^=\s]+=/.test(value), example: 'net.core.somaxconn=1024' },
  tmpfs: { check: (value) => value.startsWith('/'), example: '/tmp:size=64m' },
  ulimit: { check: (value) => /^[a-z]+=-?\d+(?::-?\d+)?$/.test(value), example: 'nofile=1024:2048' },
  user: { check: isText, example: '1000:1000' },
  entrypoint: { check: isText, example: '/start.sh', isOfServices: true },
  'health-cmd': { check: isText, example: '"pg_isready -U postgres"', isOfServices: true },
  'health-interval': { check: isTime, example: '10s', isOfServices: true },
  'health-timeout': { check: isTime, example: '5s', isOfServices: true },
  'health-retries': { check: isCount, example: '5', isOfServices: true },
  'health-start-period': { check: isTime, example: '10s', isOfServices: true },
} as const satisfies Record<string, Option>;

export type OptionName = keyof typeof OPTIONS;

/** Options by their long names, each with the values that it was given. */
export type ContainerOptions = ReadonlyMap<OptionName, readonly string[]>;

const SHORT: ReadonlyMap<string, OptionName> = new Map([
  ['h', 'hostname'],
  ['m', 'memory'],
  ['u', 'user'],
]);
const FLAGS: ReadonlySet<string> = new Set(['init', 'privileged']);

/** What has a key of its own in the file. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ...['e', 'env'].map((name) => [name, 'env'] as const),
  ...['v', 'volume', 'mount'].map((name) => [name, 'volumes'] as const),
  ...['p', 'publish'].map((name) => [name, 'ports'] as const),
  ...['net', 'network'].map((name) => [name, 'network'] as const),
  ['pull', 'pull'],
]);

function isFlag(value: string): boolean {
  return value === 'true' || value === 'false';
}

export function platformProblem(platform: string): Problem {
  if (/^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9]+)?$/.test(platform)) return null;
  return 'must be a platform such as linux/arm64';
}

/** Whose options they are. */
export type OptionsOwner = 'stage' | 'service';

/** What is wrong with options as a file has them; null: nothing. */
export function optionsProblem(text: string, owner: OptionsOwner): Problem {
  const read = readOptions(text, owner);
  return typeof read === 'string' ? read : null;
}

/** Reads options as a shell and `docker create` would. @returns what is wrong with them, in words, instead */
export function readOptions(text: string, owner: OptionsOwner): ContainerOptions | string {
  const options = new Map<OptionName, readonly string[]>();
  const words = splitWords(text);
  if (words === null) return 'must close its quotes';
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    const [, dashes = '', written = '', inline] = /^(--?)([A-Za-z][\w-]*)(?:=([^]*))?$/.exec(word) ?? [];
    if (dashes === '') return `must be options of \`docker create\`, which ${quote(word)} is not`;
    const name = (dashes === '-' ? SHORT.get(written) : written) ?? written;
    const key = KEYS.get(name);
    if (key !== undefined) return `must leave ${dashes}${written} to the key \`${key}\``;
    if (!isOption(name) || (dashes === '-' && !SHORT.has(written)))
      return `holds ${dashes}${written}, which is not supported; known are ${knownOptions(owner)}`;
    const option: Option = OPTIONS[name];
    if (option.isOfServices === true && owner === 'stage')
      return `holds --${name}, which is for services: the container of a stage only waits for its steps`;
    const isBare = FLAGS.has(name) && inline === undefined;
    const value = isBare ? 'true' : (inline ?? words[(at += 1)]);
    if (value === undefined || !option.check(value))
      return `must say --${name} as in \`--${name} ${option.example}\``;
    options.set(name, [...(options.get(name) ?? []), value]);
  }
  return options;
}

const isOption = (name: string): name is OptionName => Object.hasOwn(OPTIONS, name);

function knownOptions(owner: OptionsOwner): string {
  const entries: readonly (readonly [string, Option])[] = Object.entries(OPTIONS);
  return entries
    .filter(([, { isOfServices }]) => owner === 'service' || isOfServices !== true)
    .map(([name]) => `--${name}`)
    .join(', ');
}

const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/** A size as `docker` has it: `512m`, `2g`, where a k is 1024; null for none. */
export function optionBytes(text: string): number | null {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([bkmg]?)b?$/.exec(text.toLowerCase()) ?? [];
  const bytes = digits === undefined ? 0 : Math.round(Number(digits) * UNITS[unit]!);
  return bytes > 0 ? bytes : null;
}
