import { describe, expect, it } from 'vitest';
import { readCommands } from './read-commands.ts';
import { commandTitle, isCommand, lockFileOf, type CommandTrait } from './tools.ts';

const traitsOf = (script: string): CommandTrait[] =>
  (['network', 'deploy', 'test', 'pure-check', 'plain'] as const).filter((trait) =>
    readCommands(script).some((words) => isCommand(trait, words)),
  );

describe('what commands are known to be', () => {
  it.each<[string, CommandTrait[]]>([
    ['npm ci', ['network']],
    ['npm --prefix web ci', ['network']],
    ['npm test', ['test']],
    ['npm run test:unit -- --ci', ['test']],
    ['npm run build', []],
    ['npx eslint .', ['pure-check']],
    ['npx --yes prettier --check .', ['pure-check']],
    ['prettier --write .', []],
    ['python -m pip install -r requirements.txt', ['network']],
    ['python3 -m pytest', ['test']],
    ['node --test test/*.js', ['test']],
    ['node tools/test.js', []],
    ['git -C sub fetch', ['network']],
    ['git log -n 3', []],
    ['./deploy.sh prod', ['deploy']],
    ['scripts/deploy-web', ['deploy']],
    ['deploy', []],
    ['kubectl -n shop apply -f x.yml', ['network', 'deploy']],
    ['kubectl get pods', ['network']],
    ['/usr/bin/curl https://x', ['network']],
    ['curl.exe https://x', ['network']],
    ['yarn', ['network']],
    ['yarn --frozen-lockfile', ['network']],
    ['yarn build', []],
    ['echo constructor', ['plain']],
    ['constructor', []],
  ])('%s', (script, expected) => {
    expect(traitsOf(script)).toEqual(expected);
  });

  it('names a command without what it is given', () => {
    expect(commandTitle(['npm', 'ci', '--token', 'abc'])).toBe('npm ci');
    expect(commandTitle(['curl', 'https://user:word@host'])).toBe('curl');
  });

  it('knows the lock file of a tool', () => {
    expect(lockFileOf(readCommands('cd web\npnpm install'))).toBe('pnpm-lock.yaml');
    expect(lockFileOf(readCommands('make'))).toBe(null);
  });
});
