import { describe, expect, it } from 'vitest';
import { compilePlan } from './compile-plan.ts';
import { parsePipeline } from './parse.ts';
import { hostWords, placePhrase, placeWords } from './place-words.ts';
import { trustItems } from './trust-facts.ts';

const parse = (source: string) => parsePipeline(source, 'p.yml', { kinds: [] });

const messages = (source: string): readonly string[] =>
  parse(source).issues.map(({ code, line, message }) => `${line} ${code} ${message}`);

function placesOf(source: string): readonly unknown[] {
  const { pipeline, issues } = parse(source);
  expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  const { plan } = compilePlan(pipeline!, { inputs: {} });
  return plan?.stages.map(({ place }) => place) ?? [];
}

describe('a host by its labels', () => {
  it('is any with all of them, one text or a list, each once', () => {
    const source = `
defaults: { runs-on: { ssh: { labels: linux } } }
stages:
  a: { run: x }
  b: { run: x, runs-on: { ssh: { labels: [gpu, linux, gpu] } } }`;
    expect(placesOf(source)).toEqual([
      { type: 'ssh-labels', labels: ['linux'] },
      { type: 'ssh-labels', labels: ['gpu', 'linux'] },
    ]);
  });

  it('is of a leg what the values of the matrix make of it', () => {
    const source =
      'stages: { a: { run: x, matrix: { os: [mac, linux] }, runs-on: { ssh: { labels: ["${{ matrix.os }}", fast] } } } }';
    expect(placesOf(source)).toContainEqual({ type: 'ssh-labels', labels: ['mac', 'fast'] });
  });

  it('has at least one label, and none that is no word', () => {
    expect(messages('stages: { a: { run: x, runs-on: { ssh: { labels: [] } } } }')).toHaveLength(1);
    expect(messages('stages:\n  a: { run: x, runs-on: { ssh: { labels: [linux, -o x] } } }')).toEqual([
      '2 invalid-value `stages.a.runs-on.ssh.labels.1` must be a word such as linux or gpu, but is `-o x`',
    ]);
    expect(messages('stages: { a: { run: x, runs-on: { ssh: { host: x } } } }')).not.toEqual([]);
  });

  it('is decided before secrets are read', () => {
    const source =
      'stages: { a: { run: x, secrets: [WHERE], runs-on: { ssh: { labels: ["${{ secrets.WHERE }}"] } } } }';
    expect(messages(source)).toEqual([expect.stringContaining('secrets')]);
  });

  it('is asked about before its pipeline is trusted', () => {
    const { pipeline } = parse('stages: { a: { run: x, runs-on: { ssh: { labels: [linux, gpu] } } } }');
    expect(trustItems(pipeline!)).toEqual([{ kind: 'runs-on', text: 'a: ssh labels linux gpu' }]);
  });

  it('is said in words', () => {
    const place = { type: 'ssh-labels', labels: ['linux', 'gpu'] } as const;
    expect(placeWords(place)).toBe('ssh linux, gpu');
    expect(placePhrase(place)).toBe('on a host with the labels linux and gpu');
    expect(hostWords(place, undefined)).toBe('any with the labels linux and gpu');
    expect(hostWords(place, 'build-1')).toBe('build-1 (any with the labels linux and gpu)');
  });
});
