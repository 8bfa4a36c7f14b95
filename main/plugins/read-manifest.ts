import { lstat, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { AppError } from '#shared/lib/app-error.ts';
import { type ActionManifest, actionManifestSchema } from '#shared/plugins/manifest.ts';

/** Larger ones are no manifest that a person wrote. */
const MAX_MANIFEST_BYTES = 256 * 1024;
/** Aliases that name aliases grow without end; a manifest has little use for any. */
const MAX_ALIASES = 50;
const FILES = ['action.yml', 'action.yaml'];

/**
 * Reads a plugin's `action.yml` and checks that the files that it names are files of the plugin.
 * @param dir absolute
 * @throws AppError `plugin-invalid` with file and place
 */
export async function readManifest(dir: string): Promise<ActionManifest> {
  const { file, text } = await readText(dir);
  const document = parseDocument(text, { prettyErrors: true });
  const [broken] = document.errors;
  if (broken !== undefined) throw invalid(`${file}: ${broken.message.split('\n')[0] ?? 'no YAML'}`);
  const parsed = actionManifestSchema.safeParse(
    valueOf(file, () => document.toJS({ maxAliasCount: MAX_ALIASES })),
  );
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue === undefined || issue.path.length === 0 ? '' : ` ${issue.path.join('.')}`;
    throw invalid(`${file}:${place} ${issue?.message ?? 'is no manifest'}`);
  }
  await checkFiles(dir, file, parsed.data);
  return parsed.data;
}

async function readText(dir: string): Promise<{ readonly file: string; readonly text: string }> {
  for (const file of FILES) {
    const absolute = path.join(dir, file);
    const stats = await lstat(absolute).catch(() => null);
    if (stats === null) continue;
    if (!stats.isFile()) throw invalid(`${file} is not a plain file`);
    if (stats.size > MAX_MANIFEST_BYTES) throw invalid(`${file} has more than 256 KiB`);
    return { file, text: await readFile(absolute, 'utf8') };
  }
  throw new AppError('plugin-invalid', `There is no action.yml in ${path.basename(dir)}.`, {
    hint: 'A plugin is a folder with an action.yml, as GitHub has it.',
  });
}

function valueOf(file: string, read: () => unknown): unknown {
  try {
    return read();
  } catch {
    throw invalid(`${file}: it holds too many aliases`);
  }
}

/** What is run must lie in the plugin, whatever links say. */
async function checkFiles(dir: string, file: string, { runs }: ActionManifest): Promise<void> {
  const named =
    'main' in runs
      ? [runs.main, runs.pre, runs.post]
      : runs.using === 'docker' && 'image' in runs && !isForeignImage(runs.image)
        ? [runs.image]
        : [];
  for (const name of named) {
    if (name === undefined) continue;
    if (typeof name !== 'string') continue;
    if (!(await isFileInside(dir, name)))
      throw invalid(`${file}: runs names ${name}, which is no file of the plugin`);
  }
}

/** `docker://image`. */
export const isForeignImage = (image: string): boolean => image.startsWith('docker://');

async function isFileInside(dir: string, name: string): Promise<boolean> {
  try {
    const root = await realpath(dir);
    const real = await realpath(path.resolve(root, name));
    const relative = path.relative(root, real);
    const isInside = relative !== '' && relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative);
    return isInside && (await lstat(real)).isFile();
  } catch {
    return false;
  }
}

const invalid = (message: string): AppError =>
  new AppError('plugin-invalid', `The plugin cannot be used: ${message}.`, {
    hint: 'See docs/plugins.md for what a manifest holds.',
  });
