import type { CheckContext } from './check-context.ts';
import { optionsProblem, platformProblem } from './container-options.ts';
import { quote } from './describe-value.ts';
import {
  hostProblem,
  imageProblem,
  labelProblem,
  mountProblem,
  portProblem,
  readMount,
} from './place-values.ts';
import { itemPath, listOf, mappingOf, stageSetsOf } from './raw-stages.ts';
import type { RawMapping } from './raw-stages.ts';
import type { ValuePath } from './source-map.ts';

/** Checks where the stages of a file run: that it is one place each, and what names images, mounts, ports and hosts. */
export function checkPlaces(root: unknown, context: CheckContext): void {
  const defaults = mappingOf(mappingOf(root)['defaults']);
  checkParts(defaults, ['defaults'], context);
  checkOnePlace(defaults, ['defaults'], 'The file', context);
  for (const [id, template] of Object.entries(mappingOf(mappingOf(root)['templates'])))
    checkParts(mappingOf(template), ['templates', id], context);
  let needsDefault = false;
  for (const set of stageSetsOf(root)) {
    for (const [id, value] of Object.entries(set.stages)) {
      const stage = mappingOf(value);
      const path = [...set.path, id];
      checkParts(stage, path, context);
      checkOnePlace(stage, path, `Stage ${quote(id)}`, context);
      if (isOnHost(stage, defaults)) reportIgnoredOnHost(stage, path, context);
      if (stage['container'] !== undefined || defaults['container'] !== undefined || !works(stage)) continue;
      if (stage['runs-on'] === 'docker') reportMissing([...path, 'runs-on'], `Stage ${quote(id)}`, context);
      needsDefault ||= stage['runs-on'] === undefined;
    }
  }
  if (needsDefault && defaults['runs-on'] === 'docker')
    reportMissing(['defaults', 'runs-on'], 'A stage', context);
}

const works = (stage: RawMapping): boolean =>
  stage['approval'] === undefined && stage['pipeline'] === undefined;

function isOnHost(stage: RawMapping, defaults: RawMapping): boolean {
  const runsOn = stage['runs-on'] ?? (stage['container'] === undefined ? defaults['runs-on'] : undefined);
  return works(stage) && mappingOf(runsOn)['ssh'] !== undefined;
}

/** Limits that are kept on this machine and in containers only. */
function reportIgnoredOnHost(stage: RawMapping, path: ValuePath, { source, issues }: CheckContext): void {
  const resources = mappingOf(stage['resources']);
  for (const key of ['cpus', 'disk']) {
    if (resources[key] === undefined) continue;
    const message = `\`resources.${key}\` of a stage on a host works from a later version`;
    const hint = 'this version does not act on it';
    const at = source.key([...path, 'resources', key]);
    issues.add('unsupported-key', at, message, hint, 'unsupported');
  }
}

function reportMissing(path: ValuePath, who: string, { source, issues }: CheckContext): void {
  issues.add(
    'missing-container',
    source.value(path),
    `${who} runs in a container, but no image is named`,
    'add `container` with the name of an image',
  );
}

function checkOnePlace(
  part: RawMapping,
  path: ValuePath,
  who: string,
  { source, issues }: CheckContext,
): void {
  if (part['container'] === undefined || mappingOf(part['runs-on'])['ssh'] === undefined) return;
  issues.add(
    'several-places',
    source.key([...path, 'container']),
    `${who} has a \`container\` and runs on a host, but can only run in one place`,
    'take out `container`, or `runs-on`',
  );
}

/** The values of a stage or of `defaults`, each by itself. */
function checkParts(part: RawMapping, path: ValuePath, context: CheckContext): void {
  const host = mappingOf(part['runs-on'])['ssh'];
  check(host, hostProblem, [...path, 'runs-on', 'ssh'], context);
  const { labels } = mappingOf(host);
  const labelsPath = [...path, 'runs-on', 'ssh', 'labels'];
  listOf(labels).forEach((label, index) =>
    check(label, labelProblem, itemPath(labelsPath, labels, index), context),
  );
  const { container } = part;
  if (typeof container === 'string') check(container, imageProblem, [...path, 'container'], context);
  else checkContainer(mappingOf(container), [...path, 'container'], context);
  for (const [id, service] of Object.entries(mappingOf(part['services'])))
    checkContainer(mappingOf(service), [...path, 'services', id], context);
}

function checkContainer(container: RawMapping, path: ValuePath, context: CheckContext): void {
  const { image, ports, volumes, platform, options, credentials } = container;
  const owner = path.at(-2) === 'services' ? 'service' : 'stage';
  check(platform, platformProblem, [...path, 'platform'], context);
  check(options, (text) => optionsProblem(text, owner), [...path, 'options'], context);
  check(mappingOf(credentials)['password'], passwordProblem, [...path, 'credentials', 'password'], context);
  check(image, imageProblem, [...path, 'image'], context);
  listOf(ports).forEach((port, index) => {
    check(port, portProblem, itemPath([...path, 'ports'], ports, index), context);
  });
  const problemOf = (text: string): string | null => mountProblem(readMount(text));
  listOf(volumes).forEach((volume, index) => {
    check(volume, problemOf, itemPath([...path, 'volumes'], volumes, index), context);
  });
}

/** A password that stands in a file is known to all who read it. */
const passwordProblem = (): string => 'must come from a secret, as in ${{ secrets.REGISTRY_PASSWORD }}';

/** What is no text, empty, or holds an expression is not known here: the schema or the attempt has its say. */
function check(
  value: unknown,
  problemOf: (text: string) => string | null,
  path: ValuePath,
  { source, issues }: CheckContext,
): void {
  if (typeof value !== 'string' || value === '' || value.includes('${{')) return;
  // What a template holds is said once, of the template.
  if (path[0] !== 'templates' && source.isInherited(path)) return;
  const problem = problemOf(value);
  if (problem === null) return;
  const message = `\`${path.join('.')}\` ${problem}, but is ${quote(value)}`;
  issues.add('invalid-value', source.value(path), message);
}
