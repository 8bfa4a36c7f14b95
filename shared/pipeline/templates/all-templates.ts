import { containerTemplate } from './container-image.ts';
import { emptyTemplate } from './empty.ts';
import { goTemplate } from './go.ts';
import { gradleTemplate, mavenTemplate } from './java.ts';
import { monorepoTemplate } from './monorepo.ts';
import { nodeTemplate } from './node.ts';
import type { ProjectFacts } from './project-facts.ts';
import { pythonTemplate } from './python.ts';
import { releaseCanaryTemplate } from './release-canary.ts';
import { rustTemplate } from './rust.ts';
import { staticSiteTemplate } from './static-site.ts';
import type { PipelineTemplate } from './template.ts';

/** In the order in which those without a reason are shown. */
export const TEMPLATES: readonly PipelineTemplate[] = [
  nodeTemplate,
  pythonTemplate,
  goTemplate,
  rustTemplate,
  mavenTemplate,
  gradleTemplate,
  containerTemplate,
  staticSiteTemplate,
  monorepoTemplate,
  releaseCanaryTemplate,
  emptyTemplate,
];

export interface OfferedTemplate {
  readonly template: PipelineTemplate;
  /** What in the project speaks for it; null when nothing does. */
  readonly reason: string | null;
}

/** All templates; those that something in the project speaks for first, the most particular one at the top. */
export function offerTemplates(facts: ProjectFacts): readonly OfferedTemplate[] {
  const offered = TEMPLATES.map((template) => ({ template, reason: template.reason(facts) }));
  const fitting = offered.filter(({ reason }) => reason !== null);
  return [
    ...fitting.sort((a, b) => b.template.rank - a.template.rank),
    ...offered.filter(({ reason }) => reason === null),
  ];
}
