import { block, pipelineText, type StageText } from './pipeline-text.ts';
import type { PipelineTemplate } from './template.ts';

/** Writes JUnit XML from what `go test` says; a version, so that every run uses the same. */
const GOTESTSUM = 'gotest.tools/gotestsum@v1.12.0';

export const goTemplate: PipelineTemplate = {
  id: 'go',
  title: 'Go',
  summary: 'Vets, tests with results of each test, and builds.',
  keywords: ['golang'],
  rank: 1,
  reason: ({ go }) => (go === null ? null : go.hasSum ? 'go.mod, go.sum' : 'go.mod'),
  write: ({ name }) =>
    pipelineText({
      about: [
        'Vets, tests and builds the modules of the project.',
        'Go keeps modules and what it built for all projects of the machine: no stage needs a cache.',
      ],
      name,
      head: ['timeout: 30m'],
      stages: goStages(),
    }),
};

export const goStages = (): readonly StageText[] => [
  { id: 'vet', lines: ['run: go vet ./...', 'timeout: 10m'] },
  {
    id: 'unit',
    about: ['gotestsum runs `go test` and writes JUnit XML, with which each test is shown.'],
    lines: [
      'uses: test.unit',
      ...block('with', [`command: go run ${GOTESTSUM} --junitfile unit.xml ./...`, 'junit: unit.xml']),
      'timeout: 20m',
    ],
  },
  {
    id: 'build',
    needs: ['vet', 'unit'],
    // A folder with the slash at its end: Go makes it, and names each program after its package.
    lines: [
      'run: go build -trimpath -o dist/ ./...',
      'timeout: 10m',
      ...block('artifacts', ['name: programs', 'paths: dist/*']),
    ],
  },
];
