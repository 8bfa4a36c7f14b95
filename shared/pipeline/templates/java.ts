import { block, pipelineText, type StageText } from './pipeline-text.ts';
import type { JavaFacts, ProjectFacts } from './project-facts.ts';
import type { PipelineTemplate } from './template.ts';

const DEFAULTS: JavaFacts = { hasWrapper: true };

export const mavenTemplate: PipelineTemplate = {
  id: 'java-maven',
  title: 'Java with Maven',
  summary: 'Tests with results of each test, then packages.',
  keywords: ['java', 'mvn', 'kotlin', 'spring', 'junit'],
  rank: 1,
  reason: ({ maven }) => (maven === null ? null : maven.hasWrapper ? 'pom.xml, mvnw' : 'pom.xml'),
  write: (facts) =>
    pipelineText({
      about: ['Tests and packages with Maven; what it downloads is kept from run to run.'],
      name: facts.name,
      head: ['timeout: 1h'],
      stages: mavenStages(facts),
    }),
};

export const gradleTemplate: PipelineTemplate = {
  id: 'java-gradle',
  title: 'Java with Gradle',
  summary: 'Tests with results of each test, then assembles.',
  keywords: ['java', 'kotlin', 'android', 'spring', 'junit'],
  rank: 1,
  reason: ({ gradle }) =>
    gradle === null ? null : gradle.hasWrapper ? 'a Gradle build, gradlew' : 'a Gradle build',
  write: (facts) =>
    pipelineText({
      about: ['Tests and assembles with Gradle; what it downloads is kept from run to run.'],
      name: facts.name,
      head: ['timeout: 1h'],
      stages: gradleStages(facts),
    }),
};

export function mavenStages({ maven, platform }: ProjectFacts): readonly StageText[] {
  const wrapper = platform === 'windows' ? './mvnw.cmd' : './mvnw';
  const mvn = `${(maven ?? DEFAULTS).hasWrapper ? wrapper : 'mvn'} --batch-mode --no-transfer-progress "-Dmaven.repo.local=.m2/repository"`;
  return [
    {
      id: 'unit',
      lines: [
        'uses: test.unit',
        ...block('with', [`command: ${mvn} test`, "junit: '**/target/surefire-reports/TEST-*.xml'"]),
        'timeout: 30m',
        ...block('cache', [
          "key: maven-${{ hashFiles('**/pom.xml') }}",
          'restore-keys: [maven-]',
          'paths: .m2/repository',
        ]),
      ],
    },
    {
      id: 'package',
      needs: ['unit'],
      lines: [
        `run: ${mvn} package -DskipTests`,
        'timeout: 20m',
        ...block('artifacts', ['name: jars', "paths: ['**/target/*.jar', '**/target/*.war']"]),
      ],
    },
  ];
}

export function gradleStages({ gradle, platform }: ProjectFacts): readonly StageText[] {
  const wrapper = platform === 'windows' ? './gradlew.bat' : './gradlew';
  const command = `${(gradle ?? DEFAULTS).hasWrapper ? wrapper : 'gradle'} --no-daemon --gradle-user-home .gradle-home`;
  return [
    {
      id: 'unit',
      lines: [
        'uses: test.unit',
        ...block('with', [`command: ${command} test`, "junit: '**/build/test-results/**/*.xml'"]),
        'timeout: 30m',
        ...block('cache', [
          "key: gradle-${{ hashFiles('**/*.gradle*', '**/gradle.lockfile', 'gradle/**') }}",
          'restore-keys: [gradle-]',
          'paths: [.gradle-home/caches, .gradle-home/wrapper]',
        ]),
      ],
    },
    {
      id: 'package',
      needs: ['unit'],
      lines: [
        `run: ${command} assemble`,
        'timeout: 20m',
        ...block('artifacts', ['name: jars', "paths: '**/build/libs/*.jar'"]),
      ],
    },
  ];
}
