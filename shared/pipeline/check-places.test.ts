import { describe, expect, it } from 'vitest';
import { formatIssue } from '../lib/issue.ts';
import { compilePlan } from './compile-plan.ts';
import { parsePipeline } from './parse.ts';

const parse = (source: string) => parsePipeline(source, 'p.yml', { kinds: [] });
const issuesOf = (source: string): string[] => parse(source).issues.map(formatIssue);

function stagesOf(source: string, inputs: Readonly<Record<string, string>> = {}) {
  const { pipeline, issues } = parse(source);
  expect(issues.map(formatIssue)).toEqual([]);
  const { plan, issues: found } = compilePlan(pipeline!, { inputs });
  expect(found.map(formatIssue)).toEqual([]);
  return plan!.stages;
}

describe('where stages run', () => {
  const table: readonly [string, string, string][] = [
    [
      'a container without an image',
      'stages:\n  a: { run: x, runs-on: docker }',
      'p.yml:2:25 error missing-container Stage `a` runs in a container, but no image is named (add `container` with the name of an image)',
    ],
    [
      'a default container without an image, once',
      'defaults: { runs-on: docker }\nstages: { a: { run: x }, b: { run: x } }',
      'p.yml:1:22 error missing-container A stage runs in a container, but no image is named (add `container` with the name of an image)',
    ],
    [
      'two places',
      'stages:\n  a: { run: x, runs-on: { ssh: b }, container: node }',
      'p.yml:2:37 error several-places Stage `a` has a `container` and runs on a host, but can only run in one place (take out `container`, or `runs-on`)',
    ],
    [
      'an image with spaces',
      'stages:\n  a: { run: x, container: node 24 }',
      'p.yml:2:27 error invalid-value `stages.a.container` must be the name of an image such as node:24, in small letters and without spaces, but is `node 24`',
    ],
    [
      'a mount that is not absolute in the container',
      'stages:\n  a: { run: x, container: { image: node, volumes: [cache:tmp] } }',
      'p.yml:2:52 error invalid-value `stages.a.container.volumes.0` must lead to an absolute path in the container, such as cache:/root/.cache, but is `cache:tmp`',
    ],
    [
      'a port that there cannot be',
      'stages:\n  a: { run: x, services: { db: { image: pg, ports: [5432, "1:70000"] } } }',
      'p.yml:2:59 error invalid-value `stages.a.services.db.ports.1` must be a port such as 5432, 8080:80 or 127.0.0.1:8080:80/tcp, but is `1:70000`',
    ],
    [
      'a host that is an option of ssh',
      'stages:\n  a: { run: x, runs-on: { ssh: -oProxyCommand=x } }',
      'p.yml:2:32 error invalid-value `stages.a.runs-on.ssh` must be the name of a host such as build or me@example.org, without spaces and not starting with `-`, but is `-oProxyCommand=x`',
    ],
    [
      'an image of a template, once',
      'templates:\n  t: { container: node 24 }\nstages: { a: { extends: t, run: x }, b: { extends: t, run: x } }',
      'p.yml:2:19 error invalid-value `templates.t.container` must be the name of an image such as node:24, in small letters and without spaces, but is `node 24`',
    ],
    [
      'a limit of nothing',
      'stages:\n  a: { run: x, resources: { memory: 0 } }',
      'p.yml:2:37 error invalid-value `stages.a.resources.memory` must be above zero, but is the number 0',
    ],
    [
      'a port that the service does not list',
      'stages:\n  a: { services: { db: { image: pg, ports: [5432] } }, run: "${{ services.db.ports[\'5433\'] }}" }',
      'p.yml:2:66 error unknown-service-value The service `db` does not list the port `5433` (add it to the `ports` of the service)',
    ],
    [
      'what a service does not tell',
      'stages:\n  a: { services: { db: { image: pg } }, run: "${{ services.db.url }}" }',
      'p.yml:2:51 error unknown-service-value A service has no value `url` (known here: host, ports)',
    ],
  ];
  it('tells what it does not do on hosts yet', () => {
    const source = `defaults: { runs-on: { ssh: b } }
stages:
  a: { run: x, services: { db: { image: pg } }, resources: { cpus: 1 } }
  b: { run: x, resources: { memory: 1Gi, disk: 1Gi, pids: 9 } }
  c: { run: x, resources: { cpus: 1 }, runs-on: local }`;
    expect(parse(source).issues.map(({ code, line, severity }) => [line, code, severity])).toEqual([
      [3, 'unsupported-key', 'unsupported'],
      [4, 'unsupported-key', 'unsupported'],
    ]);
  });

  it.each(table)('reports %s at its place', (_, source, expected) => {
    expect(issuesOf(source)).toEqual([expected]);
  });

  it.each([
    'stages: { a: { run: x, runs-on: docker, container: node } }',
    'stages: { a: { run: "${{ services.db.ports[\'80\'] }}", services: { db: { image: x } } } }',
    'defaults: { runs-on: docker }\nstages: { a: { run: x, container: node }, b: { approval: {} } }',
    'defaults: { container: node }\nstages: { a: { run: x, runs-on: { ssh: b } } }',
    "stages: { a: { run: \"${{ services.DB.ports['80'] }}\", services: { db: { image: x, ports: ['8080:80/tcp'] } } } }",
    'inputs: { p: { default: "1" } }\nstages: { a: { run: "${{ services.db.ports[inputs.p] }}", services: { db: { image: x, ports: ["${{ inputs.p }}"] } } } }',
  ])('has nothing against `%s`', (source) => {
    expect(issuesOf(source)).toEqual([]);
  });

  it('is of a leg what the values of the matrix make of it', () => {
    const [first, second] = stagesOf(`
stages:
  a:
    run: x
    matrix: { node: [22, 24] }
    container: { image: "node:\${{ matrix.node }}", env: { stage: "\${{ matrix.node }}" } }
    services: { db: { image: "pg:\${{ matrix.node }}", volumes: ["v\${{ matrix.node }}:/x"], health: { cmd: "up \${{ matrix.node }}" } } }`);
    expect(first?.place).toMatchObject({ container: { image: 'node:22', env: { stage: '22' } } });
    expect(second?.services).toMatchObject([
      { image: 'pg:24', mounts: [{ from: 'v24', to: '/x' }], health: { command: 'up 24' } },
    ]);
  });

  it('is of the stages of a called pipeline what its inputs say, also in its defaults', () => {
    const files: Readonly<Record<string, string>> = {
      'inner.yml': `
inputs: { image: {}, host: {} }
defaults: { container: "\${{ inputs.image }}" }
stages: { a: { run: x }, b: { run: x, runs-on: { ssh: "\${{ inputs.host }}" } } }`,
    };
    const { pipeline } = parsePipeline(
      'stages: { c: { pipeline: inner.yml, with: { image: "node:24", host: web } } }',
      'p.yml',
      { kinds: [], readInclude: (path) => files[path] ?? null },
    );
    const { plan } = compilePlan(pipeline!, { inputs: {} });
    expect(plan?.stages.map(({ id, place }) => [id, place])).toMatchObject([
      ['c/a', { type: 'container', container: { image: 'node:24' } }],
      ['c/b', { type: 'ssh', host: 'web' }],
      ['c', undefined],
    ]);
  });

  it('takes what someone gave to an input as it is', () => {
    const source = 'inputs: { i: { default: x } }\nstages: { a: { run: x, container: "${{ inputs.i }}" } }';
    const [stage] = stagesOf(source, { i: '${{ env.HOME }}' });
    expect(stage?.place).toMatchObject({ container: { image: "${{ '${{' }} env.HOME }}" } });
  });

  it('waits for the attempt with what only that knows', () => {
    const source =
      'stages: { a: { run: x, outputs: { t: "1" } }, b: { needs: a, run: x, runs-on: { ssh: "${{ needs.a.outputs.t }}" } } }';
    expect(stagesOf(source)[1]?.place).toEqual({ type: 'ssh', host: '${{ needs.a.outputs.t }}' });
  });

  it('is nowhere for a stage that only waits', () => {
    const [ask] = stagesOf('defaults: { container: node }\nstages: { ask: { approval: {} } }');
    expect(ask).not.toHaveProperty('place');
  });
});
