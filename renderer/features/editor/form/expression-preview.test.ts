import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { knownContexts, previewOf } from './expression-preview.ts';

const FILE: unknown = parse(`
inputs: { target: { default: staging }, tag: {} }
vars: { region: eu }
env: { A: plain, B: "\${{ vars.region }}" }
stages:
  deploy: { run: ship }
`);

const known = knownContexts(FILE, ['stages', 'deploy', 'run'], 'main');
const preview = (text: string, isBare = false) => previewOf(text, known, isBare);

describe('previewOf', () => {
  it('is silent about texts without an expression', () => {
    expect(preview('plain')).toBeNull();
    expect(preview(' ', true)).toBeNull();
  });

  it('shows what defaults, fixed values, the branch and the stage give', () => {
    expect(preview('${{ inputs.target }}-${{ vars.region }}@${{ git.branch }}/${{ stage.id }}')).toEqual({
      type: 'value',
      text: 'staging-eu@main/deploy',
    });
    expect(preview("${{ inputs.target == 'production' }}")).toEqual({ type: 'value', text: 'false' });
  });

  it('names what only a run knows', () => {
    expect(preview('${{ inputs.tag }}-${{ needs.build.outputs.x }}-${{ env.B }}')).toEqual({
      type: 'later',
      names: ['inputs.tag', 'needs.build.outputs.x', 'env.B'],
    });
    expect(preview("${{ hashFiles('a') }}")).toEqual({ type: 'later', names: ['the files'] });
  });

  it('says what is wrong', () => {
    expect(preview('${{ inputs.target')).toMatchObject({ type: 'fault' });
    expect(preview('${{ inputs. }}')).toMatchObject({ type: 'fault' });
    expect(preview('nothing(', true)).toMatchObject({ type: 'fault' });
  });

  it('decides conditions as far as what is known decides them', () => {
    expect(preview("git.branch == 'main'", true)).toEqual({ type: 'value', text: 'runs' });
    expect(preview("git.branch == 'x' && needs.a.outputs.b", true)).toEqual({
      type: 'value',
      text: 'is skipped',
    });
    expect(preview('failure()', true)).toEqual({ type: 'value', text: 'is skipped' });
    expect(preview('inputs.tag', true)).toEqual({ type: 'later', names: ['inputs.tag'] });
  });
});
