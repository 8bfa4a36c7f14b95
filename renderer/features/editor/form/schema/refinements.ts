import type { YamlValue } from '#shared/pipeline/edits/operation.ts';
import {
  type FieldShape,
  type FieldSpec,
  TEXT_CONTROLS,
  type TextControl,
  TEXTS_CONTROLS,
  type TextsControl,
} from './field-shape.ts';

/** What a form says or asks beyond the schema of the format. */
export interface Refinement {
  readonly title?: string;
  readonly control?: TextControl | TextsControl;
  readonly initial?: YamlValue;
  readonly isUsual?: boolean;
  readonly examples?: readonly YamlValue[];
  /** Of the alternatives, in their order. */
  readonly labels?: readonly string[];
}

/** By place: `file`, `stage` or `step` and the keys below it; `*` stands for any place, item or name. */
export type Refinements = Readonly<Record<string, Refinement>>;

export const REFINEMENTS: Refinements = {
  '*.run': { control: 'script', examples: ['npm ci'] },
  '*.if': { control: 'condition', initial: 'success()' },
  '*.shell': { examples: ['bash', 'pwsh', 'python'] },
  '*.working-directory': { examples: ['packages/web'] },
  '*.timeout': { examples: ['30m'] },
  'stage.name': { control: 'words' },
  'step.name': { control: 'words' },
  'file.name': { control: 'words' },
  'stage.steps': { examples: [{ run: 'echo "Nothing to do yet"' }] },
  'stage.steps.*.name': { control: 'words' },
  'stage.hooks.success': { control: 'script' },
  'stage.hooks.failure': { control: 'script' },
  'stage.approval.message': { control: 'words', examples: ['Ship to production?'] },
  'stage.approval.approvers': { examples: ['ada'] },
  'stage.approval.timeout': { examples: ['2d'] },
  'stage.approval.on-timeout': { initial: 'reject' },
  'stage.artifacts.*.name': { examples: ['package'] },
  'stage.artifacts.*.paths': { control: 'globs', examples: ['dist/**'] },
  'stage.artifacts.*.exclude': { control: 'globs', examples: ['**/*.map'] },
  'stage.artifacts.*.retention': { examples: ['30d'] },
  'stage.artifacts.*.if-no-files-found': { title: 'When no file matches' },
  'stage.reports.junit': { control: 'globs', examples: ['reports/*.xml'] },
  'stage.reports.coverage': { control: 'globs', examples: ['coverage/lcov.info'] },
  'stage.reports.sarif': { control: 'globs', examples: ['reports/*.sarif'] },
  'stage.reports.sbom': { control: 'globs', examples: ['bom.json'] },
  'stage.reports.load': { control: 'globs', examples: ['reports/load.json'] },
  'stage.cache.*.key': { examples: ["npm-${{ hashFiles('package-lock.json') }}"] },
  'stage.cache.*.restore-keys': { control: 'lines', examples: ['npm-'] },
  'stage.cache.*.paths': { control: 'globs', examples: ['node_modules'] },
  'stage.skip-if-unchanged.files': { control: 'globs', examples: ['src/**'] },
  'stage.skip-if-unchanged.env': { title: 'Variables' },
  'stage.skip-if-unchanged.tools': { examples: ['node'] },
  'stage.gate.conditions': { control: 'lines', examples: ['findings.high == 0'] },
  'stage.gate.branch': { examples: ['main'] },
  'stage.secrets': { control: 'secrets', labels: ['By their names', 'As variables'] },
  'stage.secrets.*': { control: 'secret' },
  'stage.runs-on': { labels: ['Here', 'A pool', 'Over SSH'] },
  'file.defaults.runs-on': { labels: ['Here', 'A pool', 'Over SSH'] },
  'stage.runs-on.ssh': { labels: ['By its name', 'By labels'], examples: ['build-1'] },
  'file.defaults.runs-on.ssh': { labels: ['By its name', 'By labels'], examples: ['build-1'] },
  '*.labels': { examples: ['linux'] },
  '*.image': { examples: ['node:24'] },
  '*.platform': { examples: ['linux/arm64'] },
  '*.credentials.username': { examples: ['ada'] },
  '*.credentials.password': { examples: ['${{ secrets.REGISTRY_PASSWORD }}'] },
  '*.pull': { title: 'Fetch the image', initial: 'missing' },
  'stage.container.volumes': { examples: ['npm-cache:/root/.npm'] },
  'stage.container.options': { title: 'More options', examples: ['--shm-size 256m'] },
  'stage.services.*.options': { title: 'More options', examples: ['--health-cmd pg_isready'] },
  'stage.services.*.image': { examples: ['postgres:16'], isUsual: true },
  'stage.services.*.run': { title: 'Process here', examples: ['node server.js'] },
  'stage.services.*.ports': { examples: ['5432'] },
  'stage.services.*.health.cmd': { examples: ['pg_isready'] },
  'stage.services.*.health.interval': { initial: '1s' },
  'stage.services.*.health.timeout': { initial: '10s' },
  'stage.services.*.health.retries': { initial: 30 },
  'stage.resources.cpus': { examples: [2] },
  'stage.resources.pids': { title: 'Processes', examples: [500] },
  'stage.matrix.include': { title: 'Extra combinations' },
  'stage.matrix.exclude': { title: 'Left-out combinations' },
  'stage.matrix.fail-fast': { initial: true },
  'stage.retry.backoff': { initial: 'constant' },
  'stage.retry.on': { initial: ['failed', 'timed-out', 'infra-error'] },
  'stage.retry.max': { title: 'Tries after the first' },
  'stage.retry.delay': { examples: ['5s'] },
  'stage.retry.max-delay': { examples: ['2m'] },
  'stage.environment.name': { examples: ['production'] },
  'stage.environment.url': { examples: ['https://shop.example.com'] },
  'stage.resources.memory': { examples: ['1Gi'] },
  'stage.resources.disk': { examples: ['10Gi'] },
  'stage.concurrency.group': { examples: ['deploy-${{ inputs.target }}'] },
  'stage.slots': { initial: 1 },
  'stage.locks': { examples: ['database'] },
  'stage.needs': { title: 'Needs' },
  'stage.extends': { title: 'Takes over' },
  'file.on': { title: 'Triggers' },
  'file.on.manual': { title: 'By hand' },
  'file.on.push': { title: 'New commits' },
  'file.on.poll': { title: 'Polled repository' },
  'file.on.poll.url': {
    title: 'Repository',
    initial: 'origin',
    examples: ['https://example.com/acme/shop.git'],
  },
  'file.on.poll.every': { title: 'Ask every', initial: '5m' },
  'file.on.poll.username': { title: 'User name', initial: 'x-access-token' },
  'file.on.poll.secret': { title: 'Secret to sign in with', control: 'secret', examples: ['SHOP_GIT_TOKEN'] },
  'file.on.schedule': { title: 'Times' },
  'file.on.schedule.*.cron': { title: 'Cron expression', control: 'cron', examples: ['0 3 * * 1-5'] },
  'file.on.schedule.*.timezone': { title: 'Time zone', examples: ['Europe/Berlin'] },
  'file.on.watch': { title: 'Changed files' },
  'file.on.watch.debounce': { title: 'Quiet time', initial: '300ms' },
  'file.on.watch.paths': { control: 'globs', examples: ['src/**'] },
  'file.on.watch.ignore': { control: 'globs', examples: ['**/*.md'] },
  'file.on.pre-commit': { title: 'Before a commit' },
  'file.on.pre-push': { title: 'Before a push' },
  '*.branches': { examples: ['main'] },
  '*.branches-ignore': { title: 'Not these branches' },
  '*.tags': { examples: ['v*'] },
  '*.tags-ignore': { title: 'Not these tags' },
  '*.paths': { control: 'globs' },
  '*.paths-ignore': { title: 'Not these files', control: 'globs', examples: ['docs/**'] },
  'file.on.push.remote': { initial: 'origin' },
  'file.on.push.every': { title: 'Ask every', initial: '1m' },
  'file.on.webhook.secret': { control: 'secret', initial: 'PIPEWRIGHT_WEBHOOK_SECRET' },
  'file.secrets': { control: 'secrets', labels: ['Their names', 'With details'] },
  'file.inputs.*.description': { control: 'words' },
  'file.state.*.description': { control: 'words' },
  'file.timeout': { examples: ['1h'] },
  'file.concurrency.group': { examples: ['deploy-${{ git.branch }}'] },
  'file.workspace': { title: 'Workspace' },
  'file.on-restart': { title: 'After a restart', initial: 'wait' },
  'file.retention.age': { examples: ['30d'] },
  'file.retention.runs': { title: 'Runs to keep', examples: [50] },
  'file.include': { control: 'globs' },
  'file.hooks.success': { title: 'Steps after success', examples: [{ run: 'echo "Nothing to do yet"' }] },
  'file.hooks.failure': { title: 'Steps after a failure', examples: [{ run: 'echo "Nothing to do yet"' }] },
  'file.hooks.always': { title: 'Steps in any case', examples: [{ run: 'echo "Nothing to do yet"' }] },
  'file.notifications': { examples: [{ when: ['failed', 'fixed'], desktop: true }] },
  'file.notifications.*.when': { title: 'Changes to tell', initial: ['failed', 'fixed'] },
  'file.notifications.*.email': { title: 'E-mail' },
  'file.notifications.*.webhook.url': { examples: ['https://hooks.example.com/…'] },
};

/** Keys that are seldom wanted, by the place of what holds them. */
const RARE: readonly (readonly [place: string, keys: string])[] = [
  ['stage.steps.*', 'id env shell working-directory timeout continue-on-error if'],
  ['file.hooks.success.*', 'id env shell working-directory timeout continue-on-error if'],
  ['file.hooks.failure.*', 'id env shell working-directory timeout continue-on-error if'],
  ['file.hooks.always.*', 'id env shell working-directory timeout continue-on-error if'],
  ['stage.artifacts.*', 'exclude if-no-files-found retention'],
  ['stage.cache.*', 'restore-keys'],
  ['stage.container', 'ports volumes user network pull platform credentials options privileged'],
  ['stage.services.*', 'run volumes user network pull platform credentials options privileged command'],
  ['stage.services.*.health', 'interval timeout retries start-period'],
  ['stage.approval', 'on-timeout'],
];
const RARE_PLACES: ReadonlySet<string> = new Set(
  RARE.flatMap(([place, keys]) => keys.split(' ').map((key) => `${place}.${key}`)),
);

/** A field with the refinements of its place and of those below it. */
export function refine(field: FieldSpec, place: string, all: Refinements): FieldSpec {
  const at = `${place}.${field.key}`;
  // What holds for stages that do not say it is asked for as they ask for it.
  const like = at.replace(/^file\.defaults\./, 'stage.');
  const own = { ...all[`*.${field.key}`], ...all[like], ...all[at] };
  return {
    ...field,
    title: own.title ?? field.title,
    initial: own.initial ?? field.initial,
    examples: own.examples ?? field.examples,
    ...(own.isUsual === true ? { isUsual: true } : {}),
    ...(RARE_PLACES.has(at) ? { isRare: true } : {}),
    shape: refineShape(field.shape, own, at, all),
  };
}

function refineShape(
  shape: FieldShape,
  { control, labels }: Refinement,
  at: string,
  all: Refinements,
): FieldShape {
  switch (shape.type) {
    case 'text':
      return isTextControl(control) ? { ...shape, control } : shape;
    case 'scalar':
      return control === 'condition' ? { type: 'text', control, pattern: null } : shape;
    case 'texts':
      return isTextsControl(control) ? { ...shape, control } : shape;
    case 'list':
      return { ...shape, item: refineShape(shape.item, {}, `${at}.*`, all) };
    case 'map':
      return { ...shape, value: refineShape(shape.value, all[`${at}.*`] ?? {}, `${at}.*`, all) };
    case 'object':
      return { ...shape, fields: shape.fields.map((field) => refine(field, at, all)) };
    case 'either':
      return {
        ...shape,
        options: shape.options.map((option, index) => ({
          label: labels?.[index] ?? option.label,
          shape: refineShape(
            option.shape,
            control === undefined ? (all[`${at}.*`] ?? {}) : { control },
            at,
            all,
          ),
        })),
      };
    case 'number':
    case 'boolean':
    case 'choice':
    case 'duration':
    case 'size':
    case 'yaml':
      return shape;
  }
}

const isTextControl = (control: Refinement['control']): control is TextControl =>
  TEXT_CONTROLS.some((name) => name === control);
const isTextsControl = (control: Refinement['control']): control is TextsControl =>
  TEXTS_CONTROLS.some((name) => name === control);
