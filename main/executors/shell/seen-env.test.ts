import { expect, it } from 'vitest';
import { seenEnv } from './seen-env.ts';

it('puts the command files beside the shell, and leaves all else but the workspace', () => {
  const env = {
    PIPEWRIGHT_OUTPUT: '/data/runs/1/shell/unit.output',
    GITHUB_ENV: '/data/runs/1/shell/unit.env',
    PIPEWRIGHT_WORKSPACE: '/data/runs/1/workspace',
    GREETING: 'hello',
  };
  expect(seenEnv(env, '/there', '/there.files/')).toEqual({
    PIPEWRIGHT_OUTPUT: '/there.files/output',
    GITHUB_ENV: '/there.files/env',
    PIPEWRIGHT_WORKSPACE: '/there',
    GREETING: 'hello',
  });
});
