import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ParseError, parse as parseJsonc, printParseErrorCode } from 'jsonc-parser';
import { z } from 'zod';
import { AppError } from '#shared/lib/app-error.ts';
import { reasonOf } from '#shared/lib/system-error.ts';

/** Where a project says what image its stages want. */
export type ProjectImage = {
  /** The file, relative to the project with forward slashes. */
  readonly from: string;
  /** Variables of the container. */
  readonly env: Readonly<Record<string, string>>;
} & (
  | { readonly type: 'image'; readonly image: string }
  | {
      readonly type: 'build';
      /** Absolute, as `dockerfile` is. */
      readonly contextDir: string;
      readonly dockerfile: string;
      readonly args: Readonly<Record<string, string>>;
      readonly target: string | null;
    }
);

const DEVCONTAINERS = ['.devcontainer/devcontainer.json', '.devcontainer.json'];
const DOCKERFILE = 'Dockerfile';

/** The fields that say how the image comes about; others are for editors. */
const devcontainerSchema = z.object({
  image: z.string().min(1).optional(),
  dockerFile: z.string().optional(),
  context: z.string().optional(),
  build: z
    .object({
      dockerfile: z.string().optional(),
      context: z.string().optional(),
      args: z.record(z.string(), z.string()).optional(),
      target: z.string().optional(),
    })
    .optional(),
  dockerComposeFile: z.unknown().optional(),
  containerEnv: z.record(z.string(), z.string()).optional(),
});

/**
 * The image of a project: as its devcontainer.json says, else that of its Dockerfile; null when it has neither.
 * @param variables of this machine, for `${localEnv:NAME}`
 * @throws AppError `image-build-failed` for a devcontainer.json that cannot be used, `path-outside` for a build that reads
 * files outside of the project
 */
export async function findProjectImage(
  projectDir: string,
  variables: NodeJS.ProcessEnv,
): Promise<ProjectImage | null> {
  const file = DEVCONTAINERS.find((name) => existsSync(path.join(projectDir, name)));
  if (file !== undefined) return readDevcontainer(projectDir, file, variables);
  const dockerfile = path.join(projectDir, DOCKERFILE);
  if (!existsSync(dockerfile)) return null;
  return {
    type: 'build',
    from: DOCKERFILE,
    env: {},
    contextDir: projectDir,
    dockerfile,
    args: {},
    target: null,
  };
}

async function readDevcontainer(
  projectDir: string,
  from: string,
  variables: NodeJS.ProcessEnv,
): Promise<ProjectImage> {
  const { image, build, dockerFile, context, dockerComposeFile, containerEnv } = await parse(
    projectDir,
    from,
  );
  const fill = (text: string): string => fillIn(text, projectDir, variables);
  const fillAll = (texts: Readonly<Record<string, string>> = {}): Record<string, string> =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fill(text)]));
  const env = fillAll(containerEnv);
  const dockerfile = build?.dockerfile ?? dockerFile;
  if (dockerfile !== undefined) {
    const dir = path.join(projectDir, path.dirname(from));
    const inside = (relative: string): string => insideProject(projectDir, path.resolve(dir, relative), from);
    return {
      type: 'build',
      from,
      env,
      contextDir: inside(fill(build?.context ?? context ?? '.')),
      dockerfile: inside(fill(dockerfile)),
      args: fillAll(build?.args),
      target: build?.target ?? null,
    };
  }
  if (image !== undefined) return { type: 'image', from, env, image: fill(image) };
  const what = dockerComposeFile === undefined ? 'names no image and no Dockerfile' : 'names a Compose file';
  throw new AppError('image-build-failed', `${from} ${what}.`, {
    hint: 'Give it `image` or `build.dockerfile`, or name an image with --image.',
  });
}

async function parse(projectDir: string, from: string): Promise<z.infer<typeof devcontainerSchema>> {
  const hint = 'Mend it, or name an image with --image.';
  try {
    const value = readJsonc(await readFile(path.join(projectDir, from), 'utf8'));
    const parsed = devcontainerSchema.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const at = issue?.path.join('.') ?? '';
    throw new Error(`${at === '' ? 'it' : at} is not what it should be`);
  } catch (error) {
    throw new AppError('image-build-failed', `${from} cannot be used: ${reasonOf(error)}.`, {
      hint,
      cause: error,
    });
  }
}

/** devcontainer.json may have comments, and commas after the last entry. @throws Error with the place of what is no JSON */
function readJsonc(text: string): unknown {
  const plain = text.replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const value: unknown = parseJsonc(plain, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first === undefined) return value;
  const before = plain.slice(0, first.offset).split('\n');
  const place = `${String(before.length)}:${String(before.at(-1)!.length + 1)}`;
  throw new Error(`line ${place}: ${printParseErrorCode(first.error)}`);
}

/** The variables of devcontainer.json that mean something here; of others nothing is left. */
function fillIn(text: string, projectDir: string, variables: NodeJS.ProcessEnv): string {
  return text.replace(/\$\{([^}]*)\}/g, (_all, name: string) => {
    const [kind = '', key = '', ...rest] = name.split(':');
    if (kind === 'localEnv' || kind === 'env') return variables[key] ?? rest.join(':');
    if (kind === 'localWorkspaceFolder') return projectDir;
    return kind === 'localWorkspaceFolderBasename' ? path.basename(projectDir) : '';
  });
}

function insideProject(projectDir: string, absolute: string, from: string): string {
  const relative = path.relative(projectDir, absolute);
  if (relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative))
    throw new AppError('path-outside', `${from} builds with files outside of the project: ${absolute}.`, {
      hint: 'Keep the Dockerfile and its context in the project, or name an image with --image.',
    });
  return absolute;
}
