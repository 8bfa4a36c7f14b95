import { describe, expect, it } from 'vitest';
import { DEFAULT_REGISTRY, parseImageName } from './image-name.ts';

describe('the name of an image', () => {
  it.each([
    ['node', 'node', 'latest', DEFAULT_REGISTRY],
    ['node:24', 'node', '24', DEFAULT_REGISTRY],
    ['team/app:1', 'team/app', '1', DEFAULT_REGISTRY],
    ['docker.io/library/node:24', 'docker.io/library/node', '24', DEFAULT_REGISTRY],
    ['localhost/app', 'localhost/app', 'latest', 'localhost'],
    ['box:5000/app', 'box:5000/app', 'latest', 'box:5000'],
    ['box:5000/team/app:2', 'box:5000/team/app', '2', 'box:5000'],
    ['box.test/app:2@sha256:ab', 'box.test/app', 'sha256:ab', 'box.test'],
  ])('%s', (text, repository, version, registry) => {
    expect(parseImageName(text)).toEqual({ repository, version, registry });
  });
});
