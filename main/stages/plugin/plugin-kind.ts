import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { type LockedPlugin, runsAs, trustTextOf } from '#shared/plugins/lock.ts';
import type { ActionManifest } from '#shared/plugins/manifest.ts';
import type { Kind } from '../kind.ts';
import { inputsOf } from './action-environment.ts';
import { runAction } from './run-action.ts';
import { runPluginImage } from './run-image.ts';

/** A plugin of a project as a kind, `plugin:<name>`, with a form made of its inputs. */
export function pluginKind(name: string, plugin: LockedPlugin, projectDir: string): Kind {
  const { manifest } = plugin;
  const about = {
    id: `plugin:${name}`,
    title: manifest?.name ?? name,
    summary: firstLine(manifest?.description) ?? sourceWords(plugin),
    docs: [manifest?.description ?? '', permissionWords(plugin)].filter((part) => part !== '').join('\n\n'),
    reports: ['findings'],
    worksOnFiles: true,
    trust: trustTextOf(name, plugin),
    settings: manifest === null ? imageSettings : settingsOf(manifest),
    example: manifest === null ? {} : exampleOf(manifest),
  } as const;
  return {
    ...about,
    outputs: Object.fromEntries(
      Object.entries(manifest?.outputs ?? {}).map(([key, output]) => [key, output?.description ?? '']),
    ),
    async run(settings, context, { plugins }): Promise<KindResult> {
      refuseSecrets(name, plugin, settings, context);
      if ('image' in plugin.source)
        return runPluginImage(name, plugin, plugin.source.image, settings, context);
      const content = await plugins.open(projectDir, name, plugin, context.signal);
      const inputs = inputsOf(content.manifest, settings);
      return runAction({ name, plugin, content, inputs, context, plugins, projectDir });
    },
  };
}

/** An image takes what it takes: its settings are described nowhere. */
const imageSettings = z.looseObject({});

function settingsOf({ inputs }: ActionManifest): z.ZodObject {
  const shape: Record<string, z.ZodType> = {};
  for (const [key, input] of Object.entries(inputs)) {
    const described = valueSchema(input?.['x-schema'])
      .describe(input?.description ?? `The input ${key}`)
      .meta({ title: key });
    if (input?.default !== undefined) shape[key] = described.default(input.default);
    else shape[key] = input?.required === true ? described : described.optional();
  }
  return z.strictObject(shape);
}

/** Inputs are texts to an action, whatever a file writes; a schema of the plugin's own narrows that. */
function valueSchema(own: Readonly<Record<string, unknown>> | undefined): z.ZodType {
  const text = z.union([z.string(), z.number(), z.boolean()]);
  if (own === undefined) return text;
  try {
    return z.fromJSONSchema(own);
  } catch {
    // A schema that is none narrows nothing.
    return text;
  }
}

function exampleOf({ inputs }: ActionManifest): Record<string, unknown> {
  const needed = Object.entries(inputs).filter(([, input]) => input?.required === true);
  return Object.fromEntries(needed.map(([key, input]) => [key, input?.default ?? '…']));
}

/** A secret goes only into an input for which that was allowed. */
function refuseSecrets(
  name: string,
  { permissions }: LockedPlugin,
  settings: Readonly<Record<string, unknown>>,
  { secrets }: KindContext,
): void {
  const values = Object.values(secrets).filter((value) => value.length > 0);
  for (const [key, value] of Object.entries(settings)) {
    const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
    if (permissions.secrets.includes(key) || !values.some((secret) => text.includes(secret))) continue;
    throw new AppError('usage', `plugin:${name}: a secret stands in ${key}, for which that is not allowed.`, {
      hint: `Allow it with \`pipewright plugins add ${name} … --secret ${key}\`.`,
    });
  }
}

const firstLine = (text: string | undefined): string | undefined => text?.trim().split('\n')[0];

function sourceWords({ source }: LockedPlugin): string {
  if ('image' in source) return `Runs the image ${source.image}`;
  return `A plugin from ${'folder' in source ? source.folder : 'git' in source ? source.git : source.npm}`;
}

function permissionWords(plugin: LockedPlugin): string {
  const { network, secrets } = plugin.permissions;
  const where = {
    container: `It runs in a container ${network ? 'that reaches the network' : 'without network'}.`,
    process: 'It runs as a program of this machine, as you.',
    steps: 'It runs its steps on this machine, as you.',
  }[runsAs(plugin)];
  const may = secrets.length === 0 ? 'It gets no secrets.' : `It may get secrets in ${secrets.join(', ')}.`;
  return `${where} ${may}`;
}
