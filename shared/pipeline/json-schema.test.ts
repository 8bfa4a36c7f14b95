import { describe, expect, it } from 'vitest';
import { pipelineJsonSchema } from './json-schema.ts';
import { isUnsupported } from './unsupported.ts';

interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const root = pipelineJsonSchema() as Schema;

function resolve(schema: Schema): Schema {
  const name = schema.$ref?.replace('#/definitions/', '');
  return name === undefined ? schema : root.definitions![name]!;
}

/** Every key of the format with its schema; `*` is any key or item. */
function* keysOf(open: Schema, path: readonly string[] = []): Generator<readonly [string, Schema]> {
  const schema = resolve(open);
  for (const [key, value] of Object.entries(schema.properties ?? {})) {
    yield [[...path, key].join('.'), value];
    yield* keysOf(value, [...path, key]);
  }
  for (const branch of [...(schema.anyOf ?? []), ...(schema.allOf ?? [])]) yield* keysOf(branch, path);
  if (typeof schema.additionalProperties === 'object')
    yield* keysOf(schema.additionalProperties, [...path, '*']);
  if (schema.items !== undefined) yield* keysOf(schema.items, [...path, '*']);
}

const keys = new Map(keysOf(root));

/** What works in this version; `unsupported.ts` has the rest, and the two must make up the whole format. */
const SUPPORTED = [
  ...['name', 'inputs', 'env', 'vars', 'secrets', 'state', 'workspace', 'timeout', 'defaults', 'stages'],
  ...['include', 'templates', 'pipelines', 'outputs', 'stages.*.extends', 'stages.*.pipeline'],
  ...['fail-fast', 'max-parallel', 'on-restart', 'notifications', 'on'],
  ...['manual', 'push', 'poll', 'pull-request', 'schedule', 'watch', 'pre-commit', 'pre-push', 'webhook'].map(
    (key) => `on.${key}`,
  ),
  ...['push', 'poll', 'pull-request'].flatMap((event) =>
    ['branches', 'tags', 'paths'].flatMap((key) => [`on.${event}.${key}`, `on.${event}.${key}-ignore`]),
  ),
  ...['poll.url', 'poll.every', 'poll.username', 'poll.secret'].map((key) => `on.${key}`),
  ...['push.remote', 'push.every', 'watch.paths', 'watch.ignore', 'watch.debounce'].map((key) => `on.${key}`),
  ...['cron', 'timezone'].flatMap((key) => [`on.schedule.${key}`, `on.schedule.*.${key}`]),
  ...['pre-commit', 'pre-push'].flatMap((hook) => [`on.${hook}.branches`, `on.${hook}.paths`]),
  ...['secret', 'events', 'branches'].map((key) => `on.webhook.${key}`),
  ...['when', 'email', 'email.to', 'email.subject', 'webhook', 'webhook.url', 'webhook.format'].map(
    (key) => `notifications.*.${key}`,
  ),
  'notifications.*.webhook.template',
  ...['hooks', 'hooks.success', 'hooks.failure', 'hooks.always'],
  ...['retention', 'retention.age', 'retention.runs', 'notifications.*.desktop'],
  ...['', '.group', '.cancel-in-progress'].flatMap((key) => [
    `concurrency${key}`,
    `stages.*.concurrency${key}`,
  ]),
  ...['description', 'required'].map((key) => `secrets.*.${key}`),
  ...['description', 'default'].map((key) => `state.*.${key}`),
  ...['type', 'description', 'required', 'default', 'options'].map((key) => `inputs.*.${key}`),
  ...['timeout', 'shell', 'working-directory', 'env', 'retry', 'continue-on-error'].map(
    (key) => `defaults.${key}`,
  ),
  ...['max', 'backoff', 'delay', 'max-delay', 'jitter', 'on'].flatMap((key) => [
    `defaults.retry.${key}`,
    `stages.*.retry.${key}`,
  ]),
  ...['if', 'approval', 'matrix', 'retry', 'cache', 'skip-if-unchanged', 'secrets', 'environment'].map(
    (key) => `stages.*.${key}`,
  ),
  ...['idle-timeout', 'grace'].map((key) => `stages.*.${key}`),
  ...['locks', 'slots', 'state', 'hooks', 'hooks.success', 'hooks.failure'].map((key) => `stages.*.${key}`),
  ...['runs-on', 'runs-on.ssh', 'runs-on.ssh.labels', 'container'].flatMap((key) => [
    `defaults.${key}`,
    `stages.*.${key}`,
  ]),
  ...['defaults.container', 'stages.*.container', 'stages.*.services.*'].flatMap((place) =>
    [
      ...['image', 'env', 'ports', 'volumes', 'user', 'network', 'pull', 'privileged', 'platform', 'options'],
      ...['credentials', 'credentials.username', 'credentials.password'],
    ].map((key) => `${place}.${key}`),
  ),
  ...['', '.*.run', '.*.command', '.*.health'].map((key) => `stages.*.services${key}`),
  ...['cmd', 'interval', 'timeout', 'retries', 'start-period'].map(
    (key) => `stages.*.services.*.health.${key}`,
  ),
  ...['', '.cpus', '.memory', '.disk', '.pids'].map((key) => `stages.*.resources${key}`),
  ...['message', 'approvers', 'timeout', 'on-timeout'].map((key) => `stages.*.approval.${key}`),
  ...['include', 'exclude', 'fail-fast', 'max-parallel'].map((key) => `stages.*.matrix.${key}`),
  ...['key', 'restore-keys', 'paths'].flatMap((key) => [`stages.*.cache.${key}`, `stages.*.cache.*.${key}`]),
  ...['files', 'env', 'tools'].map((key) => `stages.*.skip-if-unchanged.${key}`),
  ...['name', 'url'].map((key) => `stages.*.environment.${key}`),
  ...['name', 'needs', 'run', 'uses', 'with', 'steps', 'env', 'shell', 'working-directory', 'timeout'].map(
    (key) => `stages.*.${key}`,
  ),
  ...[
    'continue-on-error',
    'artifacts',
    'reports',
    'outputs',
    'reports.junit',
    'reports.coverage',
    'reports.sarif',
    'reports.sbom',
    'gate',
    'gate.conditions',
    'gate.baseline',
    'gate.branch',
  ].map((key) => `stages.*.${key}`),
  ...[
    'id',
    'if',
    'name',
    'run',
    'uses',
    'with',
    'env',
    'shell',
    'working-directory',
    'timeout',
    'continue-on-error',
  ].map((key) => `stages.*.steps.*.${key}`),
  ...['name', 'paths', 'exclude', 'if-no-files-found', 'retention'].flatMap((key) => [
    `stages.*.artifacts.${key}`,
    `stages.*.artifacts.*.${key}`,
  ]),
];

/** Stages and steps are the same wherever they stand. */
const inFile = (key: string): string =>
  key
    .replace(/^hooks\.(success|failure|always)(\.\*)?\./, 'stages.*.steps.*.')
    .replace(/^(templates\.\*|pipelines\.\*\.stages\.\*)\./, 'stages.*.')
    .replace(/^pipelines\.\*\./, '');

/** Whether the key or one around it has no behaviour yet. */
function isCovered(key: string): boolean {
  const steps = key.split('.');
  return steps.some((_, index) => isUnsupported(steps.slice(0, index + 1).join('.')));
}

describe('pipelineJsonSchema', () => {
  it('is a draft 7 schema that allows no unknown keys', () => {
    expect(root).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      additionalProperties: false,
      required: ['stages'],
    });
  });

  it('describes every key in a sentence', () => {
    const silent = [...keys].filter(
      ([, schema]) => !/^[A-Z`].*\.$/.test(resolve(schema).description ?? schema.description ?? ''),
    );
    expect(silent.map(([key]) => key)).toEqual([]);
    expect(keys.size).toBeGreaterThan(150);
  });

  it('knows of each key whether it works, with no key in between', () => {
    expect(SUPPORTED.filter((key) => !keys.has(key) || isCovered(key))).toEqual([]);
    expect(
      [...keys.keys()].filter((key) => !isCovered(inFile(key)) && !SUPPORTED.includes(inFile(key))),
    ).toEqual([]);
  });
});
