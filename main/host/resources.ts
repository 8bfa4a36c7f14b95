import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Where this code was loaded from: its source folder, `out/main` or `out/main/chunks` of a bundle. Nothing else in `main/`
 * may ask where it lies, because that differs between the three.
 */
const here = import.meta.dirname;

function findRoot(start: string): string {
  let dir = start;
  while (!existsSync(path.join(dir, 'package.json'))) {
    const parent = path.dirname(dir);
    if (parent === dir) return start;
    dir = parent;
  }
  return dir;
}

/** What the packaged application carries beside its archive; absent outside of it. */
function packagedResource(name: string): string | null {
  const { resourcesPath } = process as { resourcesPath?: string };
  if (resourcesPath === undefined) return null;
  const candidate = path.join(resourcesPath, name);
  return existsSync(candidate) ? candidate : null;
}

/** The built window: `index.html` and its assets. May be absent before the first build. */
export function rendererDir(): string {
  return path.join(findRoot(here), 'out', 'renderer');
}

/** The files of the sample project, to be copied, never to be worked in. */
export function sampleProjectDir(): string {
  return (
    packagedResource('sample-project') ?? path.join(findRoot(here), 'test', 'fixtures', 'sample-project')
  );
}
