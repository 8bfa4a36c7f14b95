import { createHash } from 'node:crypto';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import { gateValues } from '#shared/reports/gate-values.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { findRepository, gitIn } from '../unit/find-repository.ts';

/** What a run can show. */
export interface Evidence {
  /** By context; one that nothing speaks of is undefined. */
  readonly contexts: Readonly<Record<string, unknown>>;
  /** SHA-256 of what a context was made of; null: there is nothing. */
  readonly digestOf: (context: string) => string | null;
}

/** The contexts, and the type of the reports that each is made of. */
const REPORT_CONTEXTS = {
  tests: 'tests',
  coverage: 'coverage',
  findings: 'findings',
  sbom: 'sbom',
  metrics: 'metrics',
  provenance: 'provenance',
} as const satisfies Record<string, NormalForm['type']>;

const EVIDENCE_CONTEXTS = [...Object.keys(REPORT_CONTEXTS), 'approvals', 'commit', 'artifacts', 'stages'];

/** Collects what the stages before have reported, who approved, and how the commit is signed. */
export async function collectEvidence(context: KindContext): Promise<Evidence> {
  const reports = context.reportsOfRun().filter(({ stage }) => stage !== context.stage);
  const forms = reports.map(({ form }) => form);
  const commit = await commitOf(context);
  const stages = chunkedToArray(context.state().stages).filter(({ id }) => id !== context.stage);
  const values = valuesOf(forms);
  const ofStages = Object.fromEntries(
    stages.map(({ id, status }) => {
      const own = reports.filter(({ stage }) => stage === id).map(({ form }) => form);
      return [id, { status, ...valuesOf(own) }];
    }),
  );
  const contexts: Readonly<Record<string, unknown>> = {
    ...Object.fromEntries(EVIDENCE_CONTEXTS.map((name) => [name, undefined])),
    ...values,
    provenance: provenanceOf(forms),
    approvals: approvalsOf(stages, commit),
    commit: commit ?? undefined,
    artifacts: { names: stages.flatMap(({ artifacts }) => artifacts.map(({ name }) => name)) },
    stages: ofStages,
  };
  return {
    contexts,
    digestOf(name) {
      if (contexts[name] === undefined) return null;
      const type = (REPORT_CONTEXTS as Readonly<Record<string, string>>)[name];
      const made: unknown =
        type === undefined ? contexts[name] : reports.filter(({ form }) => form.type === type);
      return createHash('sha256').update(JSON.stringify(made)).digest('hex');
    },
  };
}

/** As in a gate that has nothing to be compared with. */
const valuesOf = (reports: readonly NormalForm[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(gateValues({ reports, baseline: [], newOnly: false })).filter(
      ([name]) => name !== 'baseline',
    ),
  );

interface CommitFacts {
  readonly id: string;
  readonly author: string;
  readonly email: string;
  /** Git found the signature to be good. */
  readonly signed: boolean;
}

/** Null: the run has no commit, or it cannot be read here. */
async function commitOf(context: KindContext): Promise<CommitFacts | null> {
  const { git } = context.run;
  const repository = git === null ? null : await findRepository(context);
  if (git === null || repository === null) return null;
  const { exitCode, stdout } = await gitIn(context, repository, [
    'log',
    '-1',
    '--format=%an%n%ae%n%G?',
    git.commit,
    '--',
  ]);
  const [author = '', email = '', signature = ''] = stdout.split(/\r?\n/);
  if (exitCode !== 0 || author === '') return null;
  return { id: git.commit, author, email, signed: signature === 'G' || signature === 'U' };
}

function provenanceOf(forms: readonly NormalForm[]): object | undefined {
  const all = forms.flatMap((form) => (form.type === 'provenance' ? [form.report] : []));
  if (all.length === 0) return undefined;
  return {
    subjects: all.reduce((sum, { subjects }) => sum + subjects.length, 0),
    signed: all.every(({ keyId }) => keyId !== null),
    verified: all.every(({ verified }) => verified),
  };
}

type Stages = readonly {
  readonly approval: { readonly decision: string | null; readonly by: string | null } | null;
}[];

/** Who approved; `others` are not the commit's author, and not known without one. */
function approvalsOf(stages: Stages, commit: CommitFacts | null): object | undefined {
  const asked = stages.flatMap(({ approval }) => approval ?? []);
  if (asked.length === 0) return undefined;
  const names = asked.flatMap(({ decision, by }) => (decision === 'approved' && by !== null ? [by] : []));
  const own = commit && [commit.author, commit.email, commit.email.split('@')[0] ?? ''].map(lower);
  return {
    total: names.length,
    names,
    others: own && new Set(names.map(lower).filter((name) => !own.includes(name))).size,
  };
}

const lower = (text: string): string => text.trim().toLowerCase();
