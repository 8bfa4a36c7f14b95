import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { stageIdOf } from '#shared/lib/ids.ts';
import {
  BUILD,
  commitAll,
  git,
  initRepository,
  NEVER,
  openShared,
  planOf,
  RUN,
  stageOf,
  tempProject,
  treeOf,
  writeFiles,
} from './project-fixture.ts';
import { createWorkspaces } from './workspaces.ts';

it('copies a project without version control, empty folders and links too', async () => {
  using temp = tempProject();
  writeFiles(temp.project, {
    'a b/ü\n': 'x',
    'deep/er/file': 'f',
    '.hidden': 'h',
    'sub/.git': 'gitdir: elsewhere',
  });
  fs.mkdirSync(path.join(temp.project, 'empty'));
  fs.symlinkSync('deep/er', path.join(temp.project, 'link'));
  const workspace = await openShared(temp);
  expect(treeOf(workspace)).toEqual({
    '.hidden': 'h',
    'a b/ü\n': 'x',
    'deep/er/file': 'f',
    link: '-> deep/er',
  });
  expect(fs.readdirSync(path.join(workspace, 'empty'))).toEqual([]);
  expect(fs.readdirSync(path.join(workspace, 'sub'))).toEqual([]);
});

it.each([false, true])('does not copy a data folder that lies in the project (in Git: %s)', async (inGit) => {
  using outer = tempProject();
  const temp = { ...outer, dataDir: path.join(outer.project, '.data') };
  writeFiles(temp.project, { a: 'a', '.data/blobs/x': 'x', '.data-like': 'd' });
  if (inGit) {
    initRepository(temp.project);
    git(temp.project, 'add', 'a');
    commitAll(path.join(temp.project), 'one');
    git(temp.project, 'rm', '-rq', '--cached', '.data');
  }
  expect(treeOf(await openShared(temp))).toEqual({ '.data-like': 'd', a: 'a' });
});

it('gives each attempt of an isolated stage files of its own, as they were when the run began', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  writeFiles(temp.project, { a: 'a' });
  commitAll(temp.project, 'one');
  writeFiles(temp.project, { new: 'n' });
  const workspaces = createWorkspaces(temp.dataDir);
  const plan = planOf('isolated');
  const open = (stage: string, attempt: number): Promise<string> =>
    workspaces.open(RUN, plan, stageOf(stage), attempt, temp.project, NEVER);
  await workspaces.prepare(RUN, plan, temp.project, NEVER);
  writeFiles(temp.project, { a: 'changed meanwhile' });
  const [first, leg] = await Promise.all([open('build', 1), open('unit[node=22]', 1)]);
  writeFiles(first, { a: 'broken' });
  const second = await open('build', 2);
  expect(new Set([first, leg, second]).size).toBe(3);
  for (const workspace of [leg, second]) {
    expect(treeOf(workspace)).toEqual({ a: 'a', new: 'n' });
    expect(git(workspace, 'status', '--porcelain')).toBe('?? new\n');
  }
  await workspaces.close(RUN, plan, true);
  expect(fs.existsSync(second)).toBe(true);
  await workspaces.close(RUN, plan, false);
  expect(fs.existsSync(second)).toBe(false);
});

it('works in the project itself when asked to, copying nothing', async () => {
  using temp = tempProject();
  const workspaces = createWorkspaces(temp.dataDir);
  const plan = planOf('in-place');
  await workspaces.prepare(RUN, plan, temp.project, NEVER);
  expect(await workspaces.open(RUN, plan, stageOf('build'), 1, temp.project, NEVER)).toBe(temp.project);
  expect(fs.readdirSync(temp.dataDir)).toEqual([]);
});

it('lets another host find the workspace of a run that it takes over', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  writeFiles(temp.project, { 'sub/a': 'a' });
  commitAll(temp.project, 'one');
  for (const project of [temp.project, path.join(temp.project, 'sub')]) {
    const workspace = await openShared(temp, project);
    const other = createWorkspaces(temp.dataDir);
    expect(await other.open(RUN, planOf('shared'), stageOf('build'), 2, project, NEVER)).toBe(workspace);
    fs.rmSync(path.join(temp.dataDir, 'runs'), { recursive: true });
  }
  const gone = createWorkspaces(temp.dataDir).open(
    RUN,
    planOf('shared'),
    stageOf('build'),
    1,
    temp.project,
    NEVER,
  );
  await expect(gone).rejects.toMatchObject({ code: 'workspace-failed' });
});

it('makes folders for command files that differ for each stage and attempt, and removes them in the end', async () => {
  using temp = tempProject();
  const workspaces = createWorkspaces(temp.dataDir);
  const stages = [
    'build',
    'Build',
    'unit[node=22]',
    'unit[node=24]',
    '../up',
    'con',
    'a/b',
    'a-b',
    'ü',
    'x'.repeat(400),
  ];
  const prefixes = await Promise.all(
    stages.flatMap((stage) =>
      [1, 2].map((attempt) => workspaces.commandPrefix(RUN, stageIdOf(stage), attempt)),
    ),
  );
  expect(new Set(prefixes.map((prefix) => prefix.toLowerCase())).size).toBe(prefixes.length);
  const commands = path.join(temp.dataDir, 'runs', RUN, 'commands');
  for (const prefix of prefixes) {
    expect(path.dirname(prefix)).toBe(commands);
    expect(path.basename(prefix).length).toBeLessThan(64);
    fs.writeFileSync(`${prefix}output`, '');
  }
  expect(await workspaces.commandPrefix(RUN, BUILD, 1)).toBe(prefixes[0]);
  await workspaces.close(RUN, planOf('shared'), false);
  expect(fs.existsSync(commands)).toBe(false);
});

it('keeps the shared workspace when a run ends', async () => {
  using temp = tempProject();
  writeFiles(temp.project, { a: 'a' });
  const workspace = await openShared(temp);
  await createWorkspaces(temp.dataDir).close(RUN, planOf('shared'), false);
  expect(treeOf(workspace)).toEqual({ a: 'a' });
});

it('says which folder could not be made', async () => {
  using temp = tempProject();
  writeFiles(temp.dataDir, { [`runs/${RUN}/workspace`]: 'a file in the way' });
  const preparing = createWorkspaces(temp.dataDir).prepare(RUN, planOf('shared'), temp.project, NEVER);
  await expect(preparing).rejects.toMatchObject({
    code: 'workspace-failed',
    message: expect.stringContaining(path.join(RUN, 'workspace')) as string,
  });
});

it('stops with the reason of the signal, before and while it copies', async () => {
  using temp = tempProject();
  initRepository(temp.project);
  writeFiles(temp.project, Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`f${index}`, 'x'])));
  commitAll(temp.project, 'one');
  const workspaces = createWorkspaces(temp.dataDir);
  const plan = planOf('shared');
  const stopped = AbortSignal.abort(new Error('stop'));
  await expect(workspaces.prepare(RUN, plan, temp.project, stopped)).rejects.toThrow('stop');
  const controller = new AbortController();
  const preparing = workspaces.prepare(RUN, plan, temp.project, controller.signal);
  setImmediate(() => controller.abort(new Error('stop')));
  await expect(preparing).rejects.toThrow('stop');
});
