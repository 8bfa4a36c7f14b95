import { mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type StagePlaces, stagePlacesSchema } from '#shared/api/layout-schemas.ts';
import { systemErrorCode } from '#shared/lib/system-error.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { insideProject } from './pipeline-files.ts';

const FOLDER = path.join('.pipewright', 'layout');

/** `.pipewright/layout/<file>.json`, beside the project's files, so that a team shares it. */
const layoutFile = (projectDir: string, file: string): string => {
  const relative = path.relative(projectDir, insideProject(projectDir, file));
  return path.join(projectDir, FOLDER, `${relative}.json`);
};

/** Where people have put the stages of a file; nothing where nobody has, or where the side file cannot be read. */
export async function readLayout(projectDir: string, file: string): Promise<StagePlaces> {
  const text = await readFile(layoutFile(projectDir, file), 'utf8').catch(() => null);
  if (text === null) return {};
  return stagePlacesSchema.safeParse(parsed(text)).data ?? {};
}

/**
 * Keeps the places of stages; without any, the side file goes, and its folder if that is empty then.
 * @throws AppError `file-not-written`
 */
export async function writeLayout(projectDir: string, file: string, places: StagePlaces): Promise<void> {
  const target = layoutFile(projectDir, file);
  try {
    if (Object.values(places).every((points) => Object.keys(points).length === 0)) {
      await rm(target, { force: true });
      await removeEmpty(path.dirname(target), projectDir);
      return;
    }
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, `${JSON.stringify(sorted(places), null, 2)}\n`);
  } catch (error) {
    const code = systemErrorCode(error) ?? 'unknown reason';
    throw new AppError('file-not-written', `The layout of ${file} could not be written (${code}).`, {
      cause: error,
    });
  }
}

/** The layout's folders that hold nothing, up to and including its own. */
async function removeEmpty(dir: string, projectDir: string): Promise<void> {
  if (path.relative(path.join(projectDir, FOLDER), dir).startsWith('..')) return;
  try {
    await rmdir(dir);
  } catch {
    // It holds something, or is gone already.
    return;
  }
  await removeEmpty(path.dirname(dir), projectDir);
}

/** In a fixed order, so that a change is one line of a diff. */
function sorted(places: StagePlaces): StagePlaces {
  const byName = <Value>(record: Readonly<Record<string, Value>>): [string, Value][] =>
    Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(
    byName(places).map(([scope, points]) => [
      scope,
      Object.fromEntries(byName(points).map(([id, { x, y }]) => [id, { x, y }])),
    ]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Two people's layouts in one file with marks of a merge: laying out anew loses nothing but comfort.
    return undefined;
  }
}
