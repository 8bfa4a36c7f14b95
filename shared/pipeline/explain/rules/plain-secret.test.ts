import { expect, it } from 'vitest';
import { applyOperations } from '../../edits/apply-operations.ts';
import { describeRule, explained } from '#test/support/explain/describe-rule.ts';
import { plainSecret } from './plain-secret.ts';

const token = `ghp_${'a1B2'.repeat(9)}`;

describeRule(plainSecret, {
  fires: {
    'a token in a script': `stages: { a: { run: 'curl -H "Authorization: ${token}" https://x' } }\n`,
    'a password in a variable of a stage': 'stages: { a: { run: make, env: { DB_PASSWORD: hunter2 } } }\n',
    'one of a step': 'stages:\n  a:\n    steps:\n      - run: make\n        env: { API_KEY: k-123-456 }\n',
    'one of the file': 'env: { DEPLOY_TOKEN: t0ps3cret }\nstages: { a: { run: make } }\n',
    'one beside other secrets': 'stages: { a: { run: make, secrets: [A], env: { B_SECRET: h1dden } } }\n',
    'one beside secrets with names':
      'stages: { a: { run: make, secrets: { A: B }, env: { B_SECRET: h1dden } } }\n',
    'one in a template':
      'templates: { t: { run: make, env: { NPM_TOKEN: t0ps3cret } } }\nstages: { a: { extends: t }, b: { extends: t } }\n',
    'a password in an address': 'stages: { a: { run: "git push https://me:hunter2@example.org/x.git" } }\n',
  },
  quiet: {
    'a secret by its name': 'stages: { a: { run: make, secrets: [DB_PASSWORD] } }\n',
    'an expression': 'stages: { a: { run: make, secrets: [P], env: { DB_PASSWORD: "${{ secrets.P }}" } } }\n',
    'a variable of the shell':
      'stages: { a: { run: "git push https://me:$TOKEN@example.org/x.git", env: { A_TOKEN: $TOKEN } } }\n',
    'the password of a database on this machine':
      'stages: { a: { run: make, env: { URL: "postgres://rails:pass123@localhost:5432/test" } } }\n',
    'what every test database has': 'stages: { a: { run: make, env: { POSTGRES_PASSWORD: postgres } } }\n',
    'a file with a secret':
      'stages: { a: { run: make, env: { TOKEN_FILE: token.txt, A_SECRET: /run/secret } } }\n',
    'switches and numbers': 'stages: { a: { run: make, env: { USE_TOKEN: true, MAX_TOKEN: 5 } } }\n',
  },
});

it('never repeats the value', () => {
  const found = explained(`stages: { a: { run: 'echo ${token}', env: { MY_TOKEN: hunter2 } } }\n`);
  expect(JSON.stringify(found)).not.toMatch(/hunter2|ghp_/);
  expect(found.map(({ message }) => message)).toEqual(
    expect.arrayContaining([
      'A GitHub token stands here in plain text',
      '`MY_TOKEN` holds a secret in plain text',
    ]),
  );
});

it('takes the variable from the secret of its name', () => {
  const text = 'name: x\nstages:\n  a:\n    run: make\n    env:\n      DB_PASSWORD: hunter2\n';
  expect(applyOperations(text, explained(text)[0]!.fixes[0]!.operations)).toMatchObject({
    text: 'name: x\nstages:\n  a:\n    run: make\n    secrets: [DB_PASSWORD]\n',
  });
});
