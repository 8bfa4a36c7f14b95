import { mappingOf } from '../../raw-stages.ts';
import type { ValuePath } from '../../source-map.ts';
import type { ExplainedFile } from '../explained-file.ts';
import type { Rule } from '../explanation.ts';

export const unpinnedImage: Rule = {
  code: 'unpinned-image',
  severity: 'warning',
  summary: 'An image of a container has no version',
  why: 'What `latest` means changes without a change of the pipeline: a run that worked yesterday fails today, and an old one cannot be repeated. Name a version, or the digest.',
  *find(file) {
    for (const { path, image } of imagesOf(file)) {
      if (isPinned(image)) continue;
      const name = image.replace(/:latest$/, '');
      const what = name === image ? 'names no version' : 'is whatever `latest` means on that day';
      yield { path, at: 'value', message: `The image \`${name}\` ${what}` };
    }
  },
};

function* imagesOf(file: ExplainedFile): Iterable<{ path: ValuePath; image: string }> {
  yield* imageIn(file.valueAt(['defaults', 'container']), ['defaults', 'container']);
  for (const stage of file.stages) {
    yield* imageIn(stage.raw['container'], [...stage.path, 'container']);
    for (const [id, service] of Object.entries(mappingOf(stage.raw['services']))) {
      yield* imageIn(service, [...stage.path, 'services', id]);
    }
  }
}

function* imageIn(value: unknown, path: ValuePath): Iterable<{ path: ValuePath; image: string }> {
  if (typeof value === 'string') yield { path, image: value };
  const { image } = mappingOf(value);
  if (typeof image === 'string') yield { path: [...path, 'image'], image };
}

/** `registry:5000/node` has a port, not a version. */
function isPinned(image: string): boolean {
  if (image.includes('$') || image.includes('@')) return true;
  const tag = image.split('/').at(-1)!.split(':')[1] ?? '';
  return tag !== '' && tag !== 'latest';
}
