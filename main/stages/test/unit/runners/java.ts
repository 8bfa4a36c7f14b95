import type { Runner } from '../runner.ts';

/** Surefire writes below `target`, wherever it is told to build. */
export const mavenRunner: Runner = {
  tool: { name: 'maven', bins: ['mvn'], install: 'apt install maven, brew install maven' },
  wrapper: { name: 'mvnw', onWindows: 'mvnw.cmd' },
  fits: ({ names }) => names.has('pom.xml'),
  argv: ({ cases, args }) => [
    '--batch-mode',
    ...(cases.length > 0
      ? [`-Dtest=${cases.map(methodOf).join(',')}`, '-Dsurefire.failIfNoSpecifiedTests=false']
      : []),
    ...args,
    'test',
  ],
  results: { type: 'workspace', globs: ['**/target/surefire-reports/TEST-*.xml'] },
  coverage: { from: 'workspace', globs: ['**/target/site/jacoco/jacoco.xml'] },
  files: null,
  canRerun: true,
};

export const gradleRunner: Runner = {
  tool: { name: 'gradle', bins: ['gradle'], install: 'apt install gradle, brew install gradle' },
  wrapper: { name: 'gradlew', onWindows: 'gradlew.bat' },
  fits: ({ names }) => names.has('build.gradle') || names.has('build.gradle.kts') || names.has('gradlew'),
  argv: ({ cases, args }) => [
    'test',
    '--continue',
    ...args,
    ...cases.flatMap(({ classname, name }) => ['--tests', `${classname ?? '*'}.${bare(name)}`]),
  ],
  results: { type: 'workspace', globs: ['**/build/test-results/**/TEST-*.xml'] },
  coverage: { from: 'workspace', globs: ['**/build/reports/jacoco/**/*.xml'] },
  files: null,
  canRerun: true,
};

const methodOf = ({
  classname,
  name,
}: {
  readonly classname: string | null;
  readonly name: string;
}): string => `${classname ?? '*'}#${bare(name)}`;

/** Without the arguments of a parameterized test. */
const bare = (name: string): string => name.replace(/[([{].*$/s, '').trim();
