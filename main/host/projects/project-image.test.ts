import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findProjectImage } from './project-image.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'pipewright-image-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
  writeFileSync(path.join(dir, file), text);
}

const find = () => findProjectImage(dir, { REGISTRY: 'example.org' });

it('finds nothing where the project says nothing', async () => {
  expect(await find()).toBeNull();
});

it('takes the Dockerfile of the project', async () => {
  write('Dockerfile', 'FROM scratch');
  expect(await find()).toMatchObject({
    type: 'build',
    from: 'Dockerfile',
    contextDir: dir,
    dockerfile: path.join(dir, 'Dockerfile'),
  });
});

it('prefers the image of a devcontainer.json, with its variables', async () => {
  write('Dockerfile', 'FROM scratch');
  write(
    '.devcontainer/devcontainer.json',
    `{ // for everyone
      "image": "\${localEnv:REGISTRY}/tools:\${localEnv:VERSION:1}",
      "containerEnv": { "HOME_OF": "\${localWorkspaceFolderBasename}", },
      "customizations": { "vscode": {} },
    }`,
  );
  expect(await find()).toEqual({
    type: 'image',
    from: '.devcontainer/devcontainer.json',
    image: 'example.org/tools:1',
    env: { HOME_OF: path.basename(dir) },
  });
});

it('reads how a devcontainer is built', async () => {
  write(
    '.devcontainer/devcontainer.json',
    '{ "build": { "dockerfile": "Dockerfile", "context": "..", "args": { "V": "24" }, "target": "dev" } }',
  );
  expect(await find()).toEqual({
    type: 'build',
    from: '.devcontainer/devcontainer.json',
    contextDir: dir,
    dockerfile: path.join(dir, '.devcontainer/Dockerfile'),
    args: { V: '24' },
    target: 'dev',
    env: {},
  });
});

it.each([
  ['{\n  "image": }', /devcontainer\.json cannot be used: line 2:12: ValueExpected/],
  ['{ "image": 3 }', /cannot be used: image is not/],
  ['{}', /names no image and no Dockerfile/],
  ['{ "dockerComposeFile": "compose.yml" }', /names a Compose file/],
  ['{ "build": { "dockerfile": "../Dockerfile" } }', /outside of the project/],
])('refuses %s', async (text, message) => {
  write('.devcontainer.json', text);
  await expect(find()).rejects.toThrow(message);
});
