import type { RunStory } from '#shared/api/report-schemas.ts';
import type { RunSummary } from '#shared/api/schemas.ts';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';
import { isBroken } from '../why-broken.ts';
import { cut, html, type Markup, moment, plural, section, table } from './markup.ts';

export function headSection(run: RunSummary, story: RunStory): Markup {
  const { tests, coverage, findings, artifactBytes } = story;
  const total = findings.after && Object.values(findings.after).reduce((sum, count) => sum + count, 0);
  const figures: readonly (readonly [string, string | null])[] = [
    ['Status', run.status],
    ['Duration', run.durationMs === null ? null : formatDuration(run.durationMs)],
    ['Tests', tests.after && `${tests.after.passed} of ${tests.after.total}`],
    ['Lines covered', coverage.after?.pct == null ? null : `${coverage.after.pct} %`],
    ['Findings', total === null ? null : String(total)],
    ['Artifacts', artifactBytes.after === null ? null : formatSize(artifactBytes.after)],
  ];
  const git = run.git
    ? `${run.git.branch ?? 'detached'} ${run.git.commit.slice(0, 10)} ${cut(run.git.message, 200)}`
    : '';
  return html`<header>
    <h1>${run.name} #${run.number}</h1>
    <div class="dim">${moment(run.createdAt)} · ${run.pipelineFile} · started by ${run.trigger}</div>
    <div class="dim">${git}</div>
    <ul class="figures">
      ${figures.map(([name, value]) => (value === null ? null : html`<li><small>${name}</small><b class="${toneOf(name, value)}">${value}</b></li>`))}
    </ul>
  </header>`;
}

function toneOf(name: string, value: string): string {
  if (name !== 'Status') return '';
  return value === 'succeeded' ? 'good' : value === 'failed' ? 'bad' : 'warn';
}

export function storySection({ broken, commits, moreCommits, changedFiles }: RunStory): Markup | null {
  if (broken.length === 0 && commits.length === 0) return null;
  return section(
    broken.length > 0 ? 'What broke' : 'What changed',
    '',
    broken.map(({ stage, reason, since, lastGood }) => {
      const when = since ? `since #${since.number}` : 'new in this run';
      const good = lastGood ? `last good in #${lastGood.number}` : 'never good so far';
      return html`<p><b class="bad">✕ ${stage}</b> ${cut(reason, 600)} <small>${when}, ${good}</small></p>`;
    }),
    commits.length === 0
      ? null
      : html`<h3>Commits since the last good run</h3>
          ${table(
            ['Commit', 'Message', 'Author', 'When'],
            commits,
            ({ commit, message, author, at }) =>
              html`<tr>
                <td><code>${commit.slice(0, 10)}</code></td>
                <td>${cut(message, 300)}</td>
                <td>${author}</td>
                <td class="number">${moment(at)}</td>
              </tr>`,
            'commits',
          )}
          ${moreCommits ? html`<p class="more">and more before them.</p>` : null}
          <details>
            <summary>${plural(changedFiles.length, 'changed file')}</summary>
            ${changedFiles.map((file) => html`<div><code>${file}</code></div>`)}
          </details>`,
  );
}

export function stageSection({ stages, plan }: RunState): Markup {
  const all = chunkedToArray(stages);
  return section(
    'Stages',
    String(all.length),
    table(
      ['Stage', 'Kind', 'Status', 'Attempts', 'Time'],
      all.map((stage, index) => ({ stage, kind: plan.stages[index]?.kind ?? '' })),
      ({ stage, kind }) =>
        html`<tr>
          <td>${stage.id}</td>
          <td><code>${kind}</code></td>
          <td class="${statusTone(stage)}">${stage.status}</td>
          <td class="number">${stage.attempts.length}</td>
          <td class="number">${timeOf(stage)}</td>
        </tr>`,
      'stages',
    ),
  );
}

function statusTone({ status }: StageState): string {
  if (isBroken(status)) return 'bad';
  return status === 'succeeded' ? 'good' : 'dim';
}

function timeOf({ startedAt, finishedAt }: StageState): string {
  if (startedAt === null || finishedAt === null) return '';
  return formatDuration(Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)));
}
