import type { TrustKind } from '#shared/pipeline/trust-facts.ts';
import type { TrustChange } from '#shared/pipeline/trust-facts-changes.ts';
import type { TrustView } from '#shared/api/trust-schemas.ts';
import type { Colors } from '../output.ts';
import { plainText } from '../run-output/stage-line.ts';

/** More is in the file, whose name stands above. */
const MAX_STAGES = 40;
const MAX_LINES = 12;

const WORDS: Readonly<Record<TrustKind, string>> = {
  trigger: 'started by',
  workspace: 'works in',
  secret: 'secret',
  notification: 'tells',
  hook: 'hook',
  'runs-on': 'runs on',
  container: 'container',
  service: 'service',
  plugin: 'plugin',
};

/** What a pipeline would execute and may do, for a terminal: no line holds a control character of the file. */
export function trustLines(view: TrustView, colors: Colors): string[] {
  const { stages, items, projectDir, file } = view;
  const width = Math.max(
    0,
    ...stages.slice(0, MAX_STAGES).map(({ id }) => Math.min(24, plainText(id).length)),
  );
  const shown = stages.slice(0, MAX_STAGES).flatMap((stage) => stageLines(stage, width, colors));
  const more = stages.length - MAX_STAGES;
  return [
    `${colors.bold(plainText(`${projectDir}: ${file}`))} ${whyAsked(view)}`,
    ...changeLines(view.changes, colors),
    '',
    'It would run:',
    ...shown,
    ...(more > 0 ? [colors.dim(`  … and ${more} more stages; see the file`)] : []),
    ...(items.length === 0 ? [] : ['', 'and with these triggers and privileged options:']),
    ...items.map((item) => colors.yellow(`  ! ${itemText(item)}`)),
  ];
}

function whyAsked({ status, accepted }: TrustView): string {
  return status === 'changed' && accepted !== null
    ? `has changed since it was trusted on ${accepted.at.slice(0, 10)}:`
    : 'was never trusted on this machine.';
}

function changeLines(changes: readonly TrustChange[], colors: Colors): string[] {
  return changes.map(({ change, item }) =>
    change === 'added' ? colors.yellow(`  + ${itemText(item)}`) : colors.dim(`  - ${itemText(item)}`),
  );
}

const itemText = ({ kind, text }: TrustChange['item']): string =>
  `${WORDS[kind].padEnd(10)}  ${kind === 'workspace' ? 'the project folder itself' : plainText(text)}`;

function stageLines({ id, commands }: TrustView['stages'][number], width: number, colors: Colors): string[] {
  const lines = commands.flatMap(({ label, text }) => {
    const [first = '', ...rest] = text.split('\n').map(plainText);
    const cut = rest.length - MAX_LINES;
    return [
      `${colors.dim(plainText(label))}  ${first}`,
      ...rest.slice(0, MAX_LINES).map((line) => `  ${line}`),
      ...(cut > 0 ? [colors.dim(`  … and ${cut} more lines; see the file`)] : []),
    ];
  });
  const [first = '', ...rest] = lines;
  return [
    `  ${plainText(id).padEnd(width)}  ${first}`.trimEnd(),
    ...rest.map((line) => `  ${' '.repeat(width)}  ${line}`),
  ];
}
