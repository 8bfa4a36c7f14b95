import { z } from 'zod';
import { defineKind } from '../kind.ts';
import { rowByMarks } from '../tools/row-by-marks.ts';
import { findingsForm, metricsForm } from '../tools/forms.ts';
import { failOnSetting } from '../tools/setting-shapes.ts';
import { judgeFindings, nothingChecked } from '../tools/verdict.ts';
import { graphMetrics } from './dependency-graph.ts';
import { MANAGER_NAMES, MANAGERS } from './managers/read-graph.ts';

/** The dependencies of a project as a bill of materials, and what is wrong with them. */
export const depsGraph = defineKind({
  id: 'deps.graph',
  title: 'Dependency graph',
  summary: 'Lists what the project depends on, who needs whom, and what is missing, invalid or left over',
  docs: [
    'Asks the package manager what it resolved: `npm ls`, `cargo metadata`, `go list`, `mvn dependency:tree`. The answer is a',
    'bill of materials with every package, its licence where the manager tells it, and who needs it.',
    '',
    'Packages that are missing or in a version that does not fit are findings of severity high, those that nothing needs are low.',
    'It leaves the figures `deps.total`, `deps.direct`, `deps.duplicates` (in more than one version) and `deps.depth`.',
    'A project without any dependency could not be judged, unless `allow-empty` says that this is right.',
  ].join('\n'),
  settings: z.strictObject({
    manager: z
      .enum(['auto', ...MANAGER_NAMES])
      .default('auto')
      .describe('Who resolves the dependencies; `auto` goes by the files of the folder')
      .meta({ title: 'Package manager' }),
    'fail-on': failOnSetting
      .default('high')
      .describe('The least severity that fails the stage; `never` only shows')
      .meta({ title: 'Fails on' }),
    'allow-empty': z
      .boolean()
      .default(false)
      .describe('A project without dependencies is fine')
      .meta({ title: 'May be empty' }),
  }),
  example: { manager: 'npm', 'fail-on': 'high' },
  outputs: { manager: 'Who was asked', total: 'How many packages there are' },
  reports: ['sbom', 'findings', 'metrics'],
  tools: MANAGER_NAMES.map((name) => MANAGERS[name].tool),
  async run({ manager, ...settings }, context) {
    const name = manager === 'auto' ? await rowByMarks(context, MANAGERS, 'list its dependencies') : manager;
    const { tool, sbom, problems } = await MANAGERS[name].read(context);
    const total = sbom.components.length;
    if (total === 0 && problems.length === 0 && !settings['allow-empty']) {
      nothingChecked(`${tool} knows of no dependency`, 'Set `allow-empty: true` if that is as it should be.');
    }
    return {
      outcome: judgeFindings(problems, settings['fail-on']),
      reports: [
        { type: 'sbom', report: sbom },
        findingsForm([{ name: tool, version: null }], problems, total + problems.length),
        metricsForm(graphMetrics(sbom)),
      ],
      outputs: { manager: name, total: String(total) },
    };
  },
});
