import type { Tool } from '../../tools/tool.ts';

const NEWMAN: Tool = {
  name: 'newman',
  bins: ['newman'],
  isNodePackage: true,
  install: 'npm install --save-dev newman',
};
const SCHEMATHESIS: Tool = {
  name: 'schemathesis',
  bins: ['schemathesis', 'st'],
  minVersion: '4.0.0',
  install: 'pip install schemathesis',
};
const HURL: Tool = { name: 'hurl', bins: ['hurl'], install: 'from https://hurl.dev' };

export interface ContractRequest {
  /** As tools see them, relative to where they run. */
  readonly document: string | null;
  readonly collection: string | null;
  readonly requests: readonly string[];
  readonly baseUrl: string | null;
  readonly variables: Readonly<Record<string, string>>;
  /** A file of the scratch folder, as tools see it. */
  readonly scratch: (file: string) => string;
}

/** What asks an API and judges its answers; it writes `api.xml`, and may write `requests.json`. */
export interface ContractTool {
  readonly tool: Tool;
  /** Whether it is asked for. */
  readonly fits: (request: ContractRequest) => boolean;
  readonly argv: (request: ContractRequest) => readonly string[];
}

const variablesOf = ({ baseUrl, variables }: ContractRequest, name: string): [string, string][] => [
  ...(baseUrl === null ? [] : ([[name, baseUrl]] as [string, string][])),
  ...Object.entries(variables),
];

export const CONTRACT_TOOLS: readonly ContractTool[] = [
  {
    tool: NEWMAN,
    fits: ({ collection }) => collection !== null,
    argv: (request) => [
      'run',
      request.collection ?? '',
      '--reporters=cli,junit,json',
      `--reporter-junit-export=${request.scratch('api.xml')}`,
      `--reporter-json-export=${request.scratch('requests.json')}`,
      ...variablesOf(request, 'baseUrl').flatMap(([name, value]) => ['--env-var', `${name}=${value}`]),
    ],
  },
  {
    tool: HURL,
    fits: ({ requests }) => requests.length > 0,
    argv: (request) => [
      '--test',
      `--report-junit=${request.scratch('api.xml')}`,
      ...variablesOf(request, 'base_url').flatMap(([name, value]) => ['--variable', `${name}=${value}`]),
      ...request.requests.map((file) => (file.startsWith('-') ? `./${file}` : file)),
    ],
  },
  {
    tool: SCHEMATHESIS,
    fits: ({ document, baseUrl }) => document !== null && baseUrl !== null,
    argv: ({ document, baseUrl, scratch }) => [
      'run',
      `--url=${baseUrl ?? ''}`,
      '--report=junit',
      `--report-junit-path=${scratch('api.xml')}`,
      document ?? '',
    ],
  },
];
