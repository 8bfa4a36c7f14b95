import { type TrustFacts, trustFacts, viewOf } from '#main/host/trust.ts';
import { projectIdOfDir } from '#main/store/project-id.ts';
import type { TrustWay } from '#shared/api/trust-schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { Pipeline } from '#shared/pipeline/pipeline.ts';
import type { CliContext } from '../context.ts';
import { withHost } from '../with-host.ts';
import { askAbout, canAsk, isRequired, refusal } from './ask-about.ts';

/** What stands between a pipeline and its run. */
export interface Consent {
  /** For `planRun`; undefined where nobody needs to look. */
  readonly vet: ((pipeline: Pipeline) => void) | undefined;
  /**
   * Resolves when the pipeline that was vetted may run.
   * @throws AppError `not-trusted` when it may not
   */
  given(pipelineFile: string): Promise<void>;
}

const RUN = 'Run it? [y]es, once / [a]lways / [n]o: ';
const ANSWERS = { y: 'yes', a: 'always', n: 'no' } as const;

/**
 * Whether whoever typed this command means the pipeline to run. On a terminal one that is not trusted is shown, and asked
 * about. Elsewhere naming the command is the consent, as it is with `make`; `PIPEWRIGHT_TRUST=require` says otherwise.
 */
export function createConsent(context: CliContext, trust: boolean): Consent {
  const needed = trust || canAsk(context) || isRequired(context);
  let facts: TrustFacts | null = null;
  return {
    vet: needed
      ? (pipeline) => {
          facts = trustFacts(pipeline);
        }
      : undefined,
    async given(file) {
      if (facts !== null) await decide(context, file, facts, trust);
    },
  };
}

function decide(context: CliContext, file: string, facts: TrustFacts, trust: boolean): Promise<void> {
  const { projectDir } = context;
  const key = { projectId: projectIdOfDir(projectDir), file };
  return withHost(context, async (host) => {
    const verdict = host.trust.judge(key, facts.items);
    const accept = (how: TrustWay): void => void host.trust.accept(key, facts.items, how);
    if (trust) accept('--trust');
    else if (verdict.status === 'trusted') return;
    else if (!canAsk(context))
      throw refusal(verdict.status, file, 'See what it does with --dry-run, then say --trust.');
    else {
      const answer = await askAbout(context, viewOf(facts, projectDir, file, verdict), RUN, ANSWERS);
      if (answer === 'a') accept('asked');
      else if (answer !== 'y') throw new AppError('not-trusted', `Nothing ran: ${file} is not trusted.`);
    }
  });
}
