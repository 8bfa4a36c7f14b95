import { stat } from 'node:fs/promises';
import { z } from 'zod';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError, toAppError } from '#shared/lib/app-error.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { metric, metricsForm } from '../tools/forms.ts';
import { wordSetting } from '../tools/setting-shapes.ts';
import { bytesOf, sizeSetting } from '../tools/size-setting.ts';
import { failed } from '../tools/verdict.ts';
import { workspacePath } from '../tools/workspace-path.ts';
import { tellBuildStep } from './image-steps.ts';

/** `host:port/path/name:tag`, without a digest. */
const IMAGE_NAME =
  /^(?:[\w.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?$/;
const MAX_NAME_CHARS = 300;
/** Shorter values of secrets stand in too many words that mean nothing. */
const MIN_SECRET_CHARS = 4;

const settings = z.strictObject({
  tags: z
    .array(
      z
        .string()
        .max(MAX_NAME_CHARS)
        .regex(IMAGE_NAME, 'must be the name of an image: registry.example.org/shop:1.0'),
    )
    .min(1)
    .describe('The names that the image gets')
    .meta({ title: 'Names', examples: [['shop:1.0.0', 'shop:latest']] }),
  context: wordSetting
    .default('.')
    .describe(
      'The folder whose files the Dockerfile may copy; what `.dockerignore` names is left out, and so is `.git`',
    )
    .meta({ title: 'Context' }),
  dockerfile: wordSetting
    .default('Dockerfile')
    .describe('The Dockerfile, relative to the stage’s folder')
    .meta({ title: 'Dockerfile' }),
  args: z
    .record(z.string().regex(/^[A-Za-z_]\w*$/, 'must be the name of an ARG'), z.string())
    .default({})
    .describe('Values of its `ARG`s. They stand in the image for everyone to see: secrets are refused')
    .meta({ title: 'Build arguments', examples: [{ VERSION: '1.0.0' }] }),
  labels: z
    .record(z.string().min(1), z.string())
    .default({})
    .describe('Labels; `org.opencontainers.image.revision` is set by itself in a Git project')
    .meta({ title: 'Labels' }),
  target: wordSetting
    .optional()
    .describe('The stage of the Dockerfile; absent: the last')
    .meta({ title: 'Target' }),
  cache: z
    .boolean()
    .default(true)
    .describe('Takes over steps of earlier builds')
    .meta({ title: 'Use the cache' }),
  'max-size': sizeSetting
    .optional()
    .describe('What the image may weigh at most, all layers together')
    .meta({ title: 'Size at most', examples: ['250MB'] }),
});
type Settings = z.output<typeof settings>;

/** Builds an image of a Dockerfile. */
export const buildImage = defineKind({
  id: 'build.image',
  title: 'Container image',
  summary: 'Builds an image of a Dockerfile with the container engine of this machine',
  docs: [
    'Builds with Docker or Podman, whichever answers here (`DOCKER_HOST` and contexts count). Images that the Dockerfile begins with are',
    'fetched when they are not there, with your credentials.',
    '',
    'It fails when a step of the Dockerfile does, and when the image is heavier than `max-size`. A value of a secret that the stage',
    'names is refused in `args` and `labels`, because both can be read out of the image. It leaves the figures `image.bytes` and',
    '`image.layers`. `publish.image` brings the image to a registry.',
  ].join('\n'),
  settings,
  example: { tags: ['shop:1.0.0'], args: { VERSION: '1.0.0' } },
  outputs: {
    'image-id': 'The image, as `sha256:…`',
    digest: 'Its digest in a registry, where one is known; else empty',
    tags: 'Its names, with commas between them',
  },
  reports: ['metrics'],
  worksOnFiles: true,
  preview: ({ tags, context, dockerfile }) =>
    `docker build -f ${dockerfile} ${tags.map((tag) => `-t ${tag}`).join(' ')} ${context}`,
  async run(given, context, { images }) {
    refuseSecrets(given, context);
    const folder = await workspacePath(context, given.context, 'context');
    const dockerfile = await workspacePath(context, given.dockerfile, 'dockerfile');
    if (!(await isFile(dockerfile.here))) {
      throw new AppError('usage', `There is no ${dockerfile.relative} in the folder of the stage.`, {
        hint: 'Say where the Dockerfile is in `dockerfile`.',
      });
    }
    const wish = {
      name: dockerfile.relative,
      contextDir: folder.here,
      dockerfile: dockerfile.here,
      tags: given.tags,
      args: given.args,
      labels: { ...revisionOf(context), ...given.labels },
      target: given.target ?? null,
      usesCache: given.cache,
    };
    try {
      const onLine = (line: string): Promise<void> => {
        tellBuildStep(context, line);
        return context.say(line);
      };
      const built = await images.build(wish, onLine, context.signal);
      const most = given['max-size'];
      const isHeavy = most !== undefined && built.sizeBytes > bytesOf(most);
      const size = formatSize(built.sizeBytes);
      return {
        outcome: isHeavy
          ? failed(`The image weighs ${size}, and ${formatSize(bytesOf(most))} are allowed`)
          : SUCCEEDED,
        reports: [
          metricsForm([
            metric('image.bytes', built.sizeBytes, 'bytes'),
            metric('image.layers', built.layers, 'count'),
          ]),
        ],
        outputs: { 'image-id': built.id, digest: built.digest ?? '', tags: given.tags.join(',') },
        summary: `**${given.tags.join(', ')}**: ${size} in ${built.layers} layers, \`${built.id}\``,
      };
    } catch (error) {
      context.signal.throwIfAborted();
      const { code, message } = toAppError(error, 'kind-failed');
      if (code === 'image-build-failed') return { outcome: failed(message) };
      throw error;
    }
  },
});

function refuseSecrets({ args, labels }: Settings, { secrets }: KindContext): void {
  const values = Object.values(secrets).filter(({ length }) => length >= MIN_SECRET_CHARS);
  for (const [setting, all] of Object.entries({ args, labels })) {
    for (const [name, text] of Object.entries(all)) {
      if (!values.some((value) => text.includes(value))) continue;
      throw new AppError(
        'usage',
        `\`${setting}.${name}\` is a secret, which everyone could read in the image.`,
        {
          hint: 'Fetch what needs it in a stage before, and copy the result.',
        },
      );
    }
  }
}

function revisionOf({ run }: KindContext): Record<string, string> {
  const commit = run.git?.commit;
  return commit ? { 'org.opencontainers.image.revision': commit } : {};
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
