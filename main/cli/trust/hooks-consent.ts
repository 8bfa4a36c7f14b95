import { listPipelineFiles } from '#main/host/projects/pipeline-files.ts';
import { readPipeline } from '#main/host/projects/plan-run.ts';
import { trustFacts, viewOf } from '#main/host/trust.ts';
import { projectIdOfDir } from '#main/store/project-id.ts';
import { readRules } from '#main/triggers/rules.ts';
import type { TrustWay } from '#shared/api/trust-schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { hasErrors } from '#shared/pipeline/issue-list.ts';
import type { CliContext } from '../context.ts';
import { withHost } from '../with-host.ts';
import { askAbout, canAsk, isRequired, refusal } from './ask-about.ts';

const INSTALL = 'Let Git run it from now on? [y]es / [n]o: ';
const ANSWERS = { y: 'yes', n: 'no' } as const;

/**
 * Trusts the pipelines that Git hooks would run, before those are installed: asks on a terminal; elsewhere naming the
 * command is the consent, unless `PIPEWRIGHT_TRUST=require`.
 * @throws AppError `not-trusted` when one may not run; those before it are trusted then
 */
export function trustHooked(context: CliContext, trust: boolean): Promise<void> {
  const { projectDir } = context;
  const projectId = projectIdOfDir(projectDir);
  return withHost(context, async (host) => {
    for (const file of await listPipelineFiles(projectDir)) {
      const { pipeline, issues } = await readPipeline(host.kinds, projectDir, file);
      if (pipeline === null || hasErrors(issues)) continue;
      const { preCommit, prePush } = readRules(pipeline.file.on);
      if (preCommit === null && prePush === null) continue;
      const facts = trustFacts(pipeline);
      const verdict = host.trust.judge({ projectId, file }, facts.items);
      if (verdict.status === 'trusted') continue;
      let how: TrustWay = trust ? '--trust' : 'hooks-installed';
      if (!trust && canAsk(context)) {
        const view = viewOf(facts, projectDir, file, verdict);
        if ((await askAbout(context, view, INSTALL, ANSWERS)) !== 'y')
          throw new AppError('not-trusted', `No hook was installed: ${file} is not trusted.`);
        how = 'asked';
      } else if (!trust && isRequired(context)) {
        throw refusal(verdict.status, file, 'See what it does with `run --dry-run`, then say --trust.');
      }
      host.trust.accept({ projectId, file }, facts.items, how);
    }
  });
}
