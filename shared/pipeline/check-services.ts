import type { CheckContext } from './check-context.ts';
import { quote } from './describe-value.ts';
import { portNameProblem } from './place-values.ts';
import { itemPath, listOf, mappingOf, type RawMapping, stageSetsOf } from './raw-stages.ts';
import type { ValuePath } from './source-map.ts';

/** What only a container has. */
const OF_CONTAINERS = [
  ...['command', 'volumes', 'user', 'network', 'pull', 'privileged', 'platform', 'credentials', 'options'],
];

/** Checks that each service is a container or a process of this machine, and that its stage can reach it. */
export function checkServices(root: unknown, context: CheckContext): void {
  const defaults = mappingOf(mappingOf(root)['defaults']);
  for (const set of stageSetsOf(root)) {
    for (const [id, value] of Object.entries(set.stages)) {
      const stage = mappingOf(value);
      const isContained = isInContainer(stage, defaults);
      for (const [name, service] of Object.entries(mappingOf(stage['services'])))
        checkService(name, mappingOf(service), [...set.path, id, 'services', name], isContained, context);
    }
  }
}

/** What a stage says itself wins, also by naming a container. */
function isInContainer(stage: RawMapping, defaults: RawMapping): boolean {
  if (stage['container'] !== undefined) return true;
  if (stage['runs-on'] !== undefined) return stage['runs-on'] === 'docker';
  return defaults['container'] !== undefined || defaults['runs-on'] === 'docker';
}

function checkService(
  name: string,
  service: RawMapping,
  path: ValuePath,
  isContained: boolean,
  { source, issues }: CheckContext,
): void {
  const { run, image, ports } = service;
  if (run === undefined) {
    if (image !== undefined) return;
    const hint = 'add `image` for a container, or `run` for a process of this machine';
    issues.add(
      'missing-key',
      source.key(path),
      `Service ${quote(name)} has no \`image\` and no \`run\``,
      hint,
    );
    return;
  }
  if (image !== undefined) {
    const message = `Service ${quote(name)} has an \`image\` and a \`run\`, but is a container or a process`;
    issues.add('several-bodies', source.key([...path, 'run']), message, 'take out one of the two');
    return;
  }
  for (const key of OF_CONTAINERS) {
    if (service[key] === undefined) continue;
    const message = `\`${key}\` is for containers, and service ${quote(name)} is a process of this machine`;
    issues.add('unused-key', source.key([...path, key]), message, `take out \`${key}\``);
  }
  listOf(ports).forEach((port, index) => {
    if (typeof port !== 'string' || port.includes('${{')) return;
    const problem = portNameProblem(port);
    const at = itemPath([...path, 'ports'], ports, index);
    if (problem !== null)
      issues.add('invalid-value', source.value(at), `\`${at.join('.')}\` ${problem}, but is ${quote(port)}`);
  });
  if (!isContained) return;
  const message = `Service ${quote(name)} is a process of this machine, which a stage in a container does not reach`;
  const hint = 'give the service an `image`, or let the stage run on this machine';
  issues.add('unreachable-service', source.key([...path, 'run']), message, hint);
}
