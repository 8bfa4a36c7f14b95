import fc from 'fast-check';
import { expect, it } from 'vitest';
import { optionBytes, optionsProblem, readOptions } from './container-options.ts';
import { splitWords } from './split-words.ts';

it('reads options in both ways of writing, short names and flags', () => {
  const text = `--cpus 1.5 -m=2g --init --cap-add SYS_PTRACE --cap-add=NET_ADMIN --tmpfs '/a b:size=1m'`;
  expect(readOptions(text, 'stage')).toEqual(
    new Map([
      ['cpus', ['1.5']],
      ['memory', ['2g']],
      ['init', ['true']],
      ['cap-add', ['SYS_PTRACE', 'NET_ADMIN']],
      ['tmpfs', ['/a b:size=1m']],
    ]),
  );
});

it.each([
  ['--cpus none', 'must say --cpus as in `--cpus 1.5`'],
  ['--cpus', 'must say --cpus as in'],
  ['-v /a:/b', 'must leave -v to the key `volumes`'],
  ['--network host', 'must leave --network to the key `network`'],
  ['--restart always', 'holds --restart, which is not supported; known are --add-host, '],
  ['-x 1', 'holds -x, which is not supported'],
  ['--entrypoint sh', 'holds --entrypoint, which is for services'],
  ['sh', 'must be options of `docker create`, which `sh` is not'],
  ['--hostname "a', 'must close its quotes'],
  ['--platform arm', 'must say --platform as in'],
  ['--__proto__ 1', 'must be options'],
  ['--constructor 1', 'holds --constructor, which is not supported'],
])('says what is wrong with %s', (text, problem) => {
  expect(optionsProblem(text, 'stage')).toContain(problem);
});

it('takes the checks of services for services alone', () => {
  const text = '--health-cmd "pg_isready -U \\"me\\"" --health-interval 10s --entrypoint /start';
  expect(optionsProblem(text, 'service')).toBeNull();
  expect(optionsProblem(text, 'stage')).not.toBeNull();
});

it('reads sizes as Docker does', () => {
  expect(['512m', '2G', '1.5k', '100', '7b', '0', 'm', '1t'].map(optionBytes)).toEqual([
    ...[512 * 2 ** 20, 2 * 2 ** 30, 1536, 100, 7],
    ...[null, null, null],
  ]);
});

it('splits what was quoted into the same words', () => {
  const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
  fc.assert(
    fc.property(fc.array(fc.string()), (words) => {
      expect(splitWords(words.map(quoted).join('  '))).toEqual(words);
    }),
  );
});
