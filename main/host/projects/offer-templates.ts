import type { TemplateOffer } from '#shared/api/template-schemas.ts';
import { parsePipeline } from '#shared/pipeline/parse.ts';
import { stageViews } from '#shared/pipeline/stage-views.ts';
import { offerTemplates } from '#shared/pipeline/templates/all-templates.ts';
import { readProjectFacts } from './facts/read-facts.ts';
import type { KindNames } from './plan-run.ts';

/** First pipelines for a project: those that something in its folder speaks for come first. */
export async function offerProjectTemplates(kinds: KindNames, projectDir: string): Promise<TemplateOffer[]> {
  const facts = await readProjectFacts(projectDir);
  return offerTemplates(facts).map(({ template, reason }) => {
    const { id, title, summary, keywords } = template;
    const text = template.write(facts);
    const { pipeline } = parsePipeline(text, 'pipewright.yml', { kinds: kinds.list(projectDir) });
    return {
      id,
      title,
      summary,
      keywords: [...keywords],
      reason,
      text,
      stages: stageViews(pipeline?.stages ?? [], pipeline?.defaults.place),
    };
  });
}
