import type { Pipeline } from './pipeline.ts';
import type { PipelineFile } from './schema.ts';
import { triggerTexts } from './trust-facts-triggers.ts';

/** What a pipeline may do beyond running commands, or without a person. */
export const TRUST_KINDS = [
  'trigger',
  'workspace',
  'secret',
  'notification',
  'hook',
  'runs-on',
  'container',
  'service',
  'plugin',
] as const;
export type TrustKind = (typeof TRUST_KINDS)[number];

/** One trigger or one privileged option. Two are the same when both fields are. */
export interface TrustItem {
  readonly kind: TrustKind;
  /** As the file says it: `schedule: 0 3 * * *`, `NPM_TOKEN`, `build: ssh web-1`. Stable, since trust compares it. */
  readonly text: string;
}

type FileStage = PipelineFile['stages'][string];
type Container = Exclude<FileStage['container'], undefined>;
type Service = Exclude<FileStage['services'], undefined>[string];

/**
 * What trust in a pipeline is given for: its triggers and privileged options, also those of the pipelines that it calls.
 * Commands are not among them. Sorted, each once: equal lists mean that nobody needs to be asked again.
 */
export function trustItems(pipeline: Pipeline): readonly TrustItem[] {
  const { file, workspace } = pipeline;
  // Of a pipeline that is called only the stages count: who calls decides the rest.
  const items: TrustItem[] = [
    ...triggerTexts(file.on).map((text) => ({ kind: 'trigger', text }) as const),
    ...notificationTexts(file).map((text) => ({ kind: 'notification', text }) as const),
    ...Object.keys(file.hooks ?? {}).map(
      (outcome) => ({ kind: 'hook', text: `the run: ${outcome}` }) as const,
    ),
  ];
  if (workspace === 'in-place') items.push({ kind: 'workspace', text: workspace });
  for (const part of partsOf(pipeline))
    items.push(...partItems(part), ...pluginItems(part, pipeline.kindTrust));
  return sortedOnce(items);
}

/** A pipeline and all that it calls, however deep, each once. */
function partsOf(pipeline: Pipeline): ReadonlySet<Pipeline> {
  const parts = new Set([pipeline]);
  for (const part of parts) {
    for (const { body } of part.stages) {
      const called = body.type === 'pipeline' ? part.called.get(body.target) : undefined;
      if (called !== undefined) parts.add(called);
    }
  }
  return parts;
}

function partItems({ file, stages }: Pipeline): TrustItem[] {
  const items: TrustItem[] = [];
  const add = (kind: TrustKind, text: string | null): void => {
    if (text !== null) items.push({ kind, text });
  };
  add('runs-on', placeText('every stage', file.defaults?.['runs-on']));
  add('container', containerText('every stage', file.defaults?.container));
  for (const { id, secrets, environment, hooks } of stages) {
    for (const secret of secrets)
      add('secret', environment === null ? secret : `${secret} of ${environment}`);
    if (hooks.success !== null) add('hook', `${id}: success`);
    if (hooks.failure !== null) add('hook', `${id}: failure`);
    const stage = file.stages[id];
    add('runs-on', placeText(id, stage?.['runs-on']));
    add('container', containerText(id, stage?.container));
    for (const [name, service] of Object.entries(stage?.services ?? {}))
      add('service', serviceText(`${id}, ${name}`, service));
  }
  return items;
}

/** Plugins that stages and hooks use: another content or other permissions of one ask again. */
function pluginItems({ stages, hooks }: Pipeline, kindTrust: Pipeline['kindTrust']): TrustItem[] {
  if (kindTrust === undefined) return [];
  const bodies = [
    ...stages.flatMap(({ body }) => (body.type === 'steps' ? body.steps.map((step) => step.body) : [body])),
    ...Object.values(hooks).flatMap((steps) => steps.map((step) => step.body)),
  ];
  return bodies.flatMap((body) => {
    const text = body.type === 'uses' ? kindTrust.get(body.kind) : undefined;
    return text === undefined ? [] : [{ kind: 'plugin', text } as const];
  });
}

function notificationTexts({ notifications = [] }: PipelineFile): string[] {
  return notifications.flatMap(({ email, webhook }) => [
    ...(email?.to ?? []).map((to) => `e-mail to ${to}`),
    ...(webhook === undefined ? [] : [`webhook to ${webhook.url}`]),
  ]);
}

/** Null for this machine, where everything runs that does not say otherwise, and for a container: its options are asked for. */
function placeText(stage: string, place: FileStage['runs-on']): string | null {
  if (place === undefined || place === 'local' || place === 'docker') return null;
  if (typeof place === 'string') return `${stage}: ${place}`;
  if ('ssh' in place) {
    const { ssh } = place;
    return typeof ssh === 'string' ? `${stage}: ssh ${ssh}` : `${stage}: ssh labels ${ssh.labels.join(' ')}`;
  }
  return `${stage}: ${['pool', place.pool, ...(place.labels ?? [])].join(' ')}`;
}

/** A process of this machine is no container: a file that makes one of the other asks again. */
function serviceText(owner: string, service: Service): string {
  return service.run === undefined
    ? (containerText(owner, service) ?? owner)
    : `${owner}: a process of this machine`;
}

/** Null when it has no options that reach out of the container; the image is what it runs, and so a command. */
function containerText(owner: string, container: Container | Service | undefined): string | null {
  if (container === undefined) return null;
  const { ports, volumes, user, network, privileged, options: written }: Partial<Service> = container;
  const options = [
    ...(privileged === true ? ['privileged'] : []),
    ...(volumes ?? []).map((volume) => `volume ${volume}`),
    ...(ports ?? []).map((port) => `port ${port}`),
    ...(network === undefined ? [] : [`network ${network}`]),
    ...(user === undefined ? [] : [`user ${user}`]),
    ...(written === undefined ? [] : [`options ${written.trim()}`]),
  ];
  return options.length === 0 ? null : `${owner}: ${options.join(', ')}`;
}

function sortedOnce(items: readonly TrustItem[]): TrustItem[] {
  const byKey = new Map(items.map((item) => [`${TRUST_KINDS.indexOf(item.kind)} ${item.text}`, item]));
  return [...byKey.keys()].sort().map((key) => byKey.get(key)!);
}
