import { z } from 'zod';
import type { Lock, LockedPackage } from './locked-package.ts';

const ranges = z.record(z.string(), z.string()).default({});
const manifestSchema = z.object({
  dependencies: ranges,
  devDependencies: ranges,
  optionalDependencies: ranges,
  peerDependencies: ranges,
});
const lockSchema = z.object({
  lockfileVersion: z.number(),
  packages: z.record(
    z.string(),
    z.object({
      name: z.string().optional(),
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      inBundle: z.boolean().optional(),
      deprecated: z.union([z.string(), z.boolean()]).optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
});

/**
 * Reads `package-lock.json` of npm 7 and newer.
 * @param manifest the text of `package.json`; null: there is none
 * @throws Error when it is none
 */
export function readNpmLock(file: string, text: string, manifest: string | null): Lock {
  const json: unknown = JSON.parse(text);
  const { packages } = lockSchema.parse(json);
  const all = Object.entries(packages).flatMap(([place, one]): LockedPackage[] => {
    const at = place.lastIndexOf('node_modules/');
    // The project itself and its own workspaces; what comes inside of another package is covered by that one's sum.
    if (at < 0 || one.link === true || one.inBundle === true) return [];
    return [
      {
        name: one.name ?? place.slice(at + 'node_modules/'.length),
        version: one.version ?? '',
        url: one.resolved ?? null,
        hasIntegrity: /^sha(256|384|512)-/.test(one.integrity ?? ''),
        deprecated: typeof one.deprecated === 'string' ? one.deprecated : null,
        runsScripts: one.hasInstallScript === true,
      },
    ];
  });
  return { file, packages: all, drift: manifest === null ? [] : driftOf(json, manifest) };
}

/** Dependencies that manifest and lock do not have alike. */
function driftOf(lock: unknown, manifest: string): readonly string[] {
  const locked = z.object({ packages: z.object({ '': manifestSchema.optional() }) }).parse(lock).packages[''];
  const own = manifestSchema.parse(JSON.parse(manifest));
  if (locked === undefined) return ['the lock does not name the dependencies of the project'];
  return (['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const).flatMap(
    (key) => {
      const names = new Set([...Object.keys(own[key]), ...Object.keys(locked[key])]);
      return [...names].flatMap((name) => {
        const [wanted, has] = [own[key][name], locked[key][name]];
        if (wanted === has) return [];
        return [`${name} is ${wanted ?? 'not'} in package.json (${key}) and ${has ?? 'not'} in the lock`];
      });
    },
  );
}
