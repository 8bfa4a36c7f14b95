import { z } from 'zod';
import { actionManifestSchema, pluginNameSchema } from './manifest.ts';

/** Where a plugin comes from, pinned so that it is the same everywhere. */
export const pluginSourceSchema = z.union([
  /** Relative to the project's folder, with forward slashes. */
  z.strictObject({ folder: z.string().min(1) }),
  z.strictObject({
    git: z.string().min(1),
    commit: z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/),
    /** Of the plugin in the repository; absent: its root. */
    path: z.string().optional(),
  }),
  z.strictObject({ npm: z.string().min(1), version: z.string().min(1), integrity: z.string().min(1) }),
  /** A container image with settings as `PLUGIN_*`, as Drone and Woodpecker have them. */
  z.strictObject({ image: z.string().min(1) }),
]);
export type PluginSource = z.output<typeof pluginSourceSchema>;

export const pluginPermissionsSchema = z.strictObject({
  /** A container of it reaches the network. A process always does. */
  network: z.boolean(),
  /** Names of inputs that may hold a secret. */
  secrets: z.array(z.string()),
});

export const lockedPluginSchema = z.strictObject({
  source: pluginSourceSchema,
  /** `sha256:` over all files of it; of an image its name. */
  digest: z.string(),
  /** As it was when it was locked, so that files can be checked before it is fetched; null for an image. */
  manifest: actionManifestSchema.nullable(),
  permissions: pluginPermissionsSchema,
});
export type LockedPlugin = z.output<typeof lockedPluginSchema>;

export const pluginLockSchema = z.strictObject({
  version: z.literal(1),
  plugins: z.record(pluginNameSchema, lockedPluginSchema),
});
export type PluginLock = z.output<typeof pluginLockSchema>;

/** Relative to the project's folder. */
export const PLUGIN_LOCK_FILE = '.pipewright/plugins.lock.json';

/** How a plugin runs, for people: `runs a program as you`. */
export function runsAs({ manifest }: Pick<LockedPlugin, 'manifest'>): 'container' | 'process' | 'steps' {
  if (manifest === null || manifest.runs.using === 'docker') return 'container';
  return manifest.runs.using === 'composite' ? 'steps' : 'process';
}

/** One line of what it is and may, which trust is given for: it changes with anything that matters. */
export function trustTextOf(name: string, plugin: LockedPlugin): string {
  const { permissions, digest } = plugin;
  const parts = [
    { container: 'a container', process: 'a program of this machine', steps: 'steps of this machine' }[
      runsAs(plugin)
    ],
    ...(permissions.network && runsAs(plugin) === 'container' ? ['network'] : []),
    ...(permissions.secrets.length === 0 ? [] : [`secrets in ${permissions.secrets.join(', ')}`]),
    digest,
  ];
  return `${name}: ${parts.join(', ')}`;
}
