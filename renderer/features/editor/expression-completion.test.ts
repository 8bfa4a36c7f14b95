import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { completeExpression } from './expression-completion.ts';
import { surroundingsOf } from './expression-names.ts';

const FILE: unknown = parse(`
inputs: { target: { type: choice, description: Where to, default: staging } }
vars: { region: eu }
stages:
  build: { run: make, outputs: { tag: x } }
  lint: { run: lint }
  deploy:
    needs: [build]
    secrets: [TOKEN]
    services: { db: { image: 'postgres:16', ports: [5432] } }
    matrix: { zone: [a, b] }
    run: ship
    if: always()
`);

/** Labels offered at `|`. */
function offered(marked: string, path: readonly string[] = ['stages', 'deploy', 'run'], isBare = false) {
  const at = marked.indexOf('|');
  const text = marked.replace('|', '');
  const found = completeExpression(text, at, surroundingsOf(FILE, path), isBare);
  return found?.options.map(({ label }) => label) ?? null;
}

describe('completeExpression', () => {
  it('offers nothing outside of expressions and inside of their strings', () => {
    expect(offered('npm |')).toBeNull();
    expect(offered("${{ 'in|' }}")).toBeNull();
    expect(offered('${{ a }} b|')).toBeNull();
  });

  it('offers what a gate may read', () => {
    const gate = ['stages', 'deploy', 'gate'];
    expect(offered('tests.f|', gate, true)).toEqual(['failed', 'flaky']);
    expect(offered('baseline.|', gate, true)).toContain('coverage');
    expect(offered('${{ |', gate)).not.toContain('secrets');
  });

  it('offers contexts and functions where an expression begins', () => {
    expect(offered('echo ${{ |')).toEqual(expect.arrayContaining(['inputs', 'needs', 'hashFiles']));
    expect(offered('echo ${{ |')).not.toContain('always');
  });

  it('offers the names that exist, without regard to case', () => {
    expect(offered('${{ inputs.| }}')).toEqual(['target']);
    expect(offered('${{ INPUTS.T| }}')).toEqual(['target']);
    expect(offered('${{ needs.| }}')).toEqual(['build']);
    expect(offered('${{ needs.build.outputs.| }}')).toEqual(['tag']);
    expect(offered('${{ matrix.| }}')).toEqual(['zone']);
    expect(offered('${{ secrets.| }}')).toEqual(['TOKEN']);
    expect(offered('${{ services.| }}')).toEqual(['db']);
    expect(offered('${{ services.db.| }}')).toEqual(['host', "ports['5432']"]);
    expect(offered('${{ services.db.po| }}')).toEqual(["ports['5432']"]);
  });

  it('knows that a condition needs no braces and has functions of its own', () => {
    expect(offered('fail|', ['stages', 'deploy', 'if'], true)).toEqual(['failure']);
    expect(offered('secrets|', ['stages', 'deploy', 'if'], true)).toBeNull();
  });

  it('replaces the whole word that the cursor is in', () => {
    const found = completeExpression(
      '${{ inputs.tarXY }}',
      14,
      surroundingsOf(FILE, ['stages', 'deploy', 'run']),
      false,
    );
    expect(found).toMatchObject({ from: 11, to: 16 });
  });

  it('is silent behind a value, so that Enter is not taken for a choice', () => {
    for (const value of ["git.branch == 'main'", 'always()', "needs['build']", 'git.branch ', '1'])
      expect(offered(`${value}|`, ['stages', 'deploy', 'if'], true)).toBeNull();
    expect(offered('git.branch == |', ['stages', 'deploy', 'if'], true)).toContain('inputs');
    expect(offered('contains(|', ['stages', 'deploy', 'if'], true)).toContain('inputs');
  });

  it('is silent once a name is complete', () => {
    expect(offered('${{ inputs.target| }}')).toBeNull();
  });
});
