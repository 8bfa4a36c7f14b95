import { describe, expect, it } from 'vitest';
import { formatIssue } from '../lib/issue.ts';
import { compilePlan } from './compile-plan.ts';
import { inContainers } from './in-containers.ts';
import { parsePipeline } from './parse.ts';
import type { PlannedContainer } from './plan-place.ts';

const parse = (source: string) => parsePipeline(source, 'p.yml', { kinds: [] });
const issuesOf = (source: string): string[] => parse(source).issues.map(formatIssue);

describe('services', () => {
  const table: readonly [string, string, string][] = [
    [
      'neither an image nor a command',
      'stages:\n  a: { run: x, services: { db: { ports: [5432] } } }',
      'p.yml:2:28 error missing-key Service `db` has no `image` and no `run` (add `image` for a container, or `run` for a process of this machine)',
    ],
    [
      'both of them',
      'stages:\n  a: { run: x, services: { db: { image: pg, run: ./db } } }',
      'p.yml:2:45 error several-bodies Service `db` has an `image` and a `run`, but is a container or a process (take out one of the two)',
    ],
    [
      'an option of containers of a process',
      'stages:\n  a: { run: x, services: { db: { run: ./db, user: 1 } } }',
      'p.yml:2:45 error unused-key `user` is for containers, and service `db` is a process of this machine (take out `user`)',
    ],
    [
      'a fixed port of a process',
      'stages:\n  a: { run: x, services: { db: { run: ./db, ports: ["8080:80"] } } }',
      'p.yml:2:53 error invalid-value `stages.a.services.db.ports.0` must be one number such as 5432, as a free port of this machine stands for it, but is `8080:80`',
    ],
    [
      'a process beside a stage in a container',
      'stages:\n  a: { run: x, container: node, services: { db: { run: ./db } } }',
      'p.yml:2:51 error unreachable-service Service `db` is a process of this machine, which a stage in a container does not reach (give the service an `image`, or let the stage run on this machine)',
    ],
    [
      'a process beside a stage in the default container',
      'defaults: { container: node }\nstages:\n  a: { run: x, services: { db: { run: ./db } } }',
      'p.yml:3:34 error unreachable-service Service `db` is a process of this machine, which a stage in a container does not reach (give the service an `image`, or let the stage run on this machine)',
    ],
  ];
  it.each(table)('cannot have %s', (_, source, expected) => {
    expect(issuesOf(source)).toEqual([expected]);
  });

  it.each([
    'stages: { a: { run: x, services: { db: { run: ./db, ports: [80, "81", "${{ inputs.p }}"] } } } }\ninputs: { p: {} }',
    'defaults: { container: node }\nstages: { a: { run: x, runs-on: local, services: { db: { run: ./db } } } }',
    'stages: { a: { run: x, runs-on: { ssh: b }, services: { db: { run: ./db } } } }',
  ])('are as they may be in `%s`', (source) => {
    expect(issuesOf(source)).toEqual([]);
  });

  it('that are processes keep their stage on this machine when the others move into containers', () => {
    const { pipeline } = parse(
      'stages: { a: { run: x, services: { db: { run: ./db, env: { A: 1 }, ports: [80] } } }, b: { run: x } }',
    );
    const { plan } = compilePlan(pipeline!, { inputs: {} });
    expect(plan?.stages[0]?.services).toEqual([
      { id: 'db', script: './db', env: { A: '1' }, ports: ['80'], health: null },
    ]);
    const [a, b] = inContainers(plan!, { image: 'node' } as PlannedContainer).stages;
    expect(a?.place).toBeUndefined();
    expect(b?.place).toMatchObject({ type: 'container' });
  });
});
