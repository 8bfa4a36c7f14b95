import { optionsProblem, platformProblem } from './container-options.ts';
import { findExpressions } from '../expressions/find-expressions.ts';
import {
  isContainerService,
  type PlannedContainer,
  type PlannedMount,
  type PlannedPlace,
  type PlannedService,
} from './plan-place.ts';
import { leavesFolder } from './schema-values.ts';

/** What is wrong with a value, to follow its name: "… must be …"; null for one that is as it must be. */
type Problem = string | null;

const IMAGE = /^(?:\w[\w.-]*(?::\d+)?\/)?[a-z0-9][a-z0-9._/-]*(?::[\w][\w.-]*)?(?:@[\w+.-]+:[0-9a-f]+)?$/;
const IMAGE_ID = /^(?:sha256:)?[0-9a-f]{12,64}$/;

export function imageProblem(image: string): Problem {
  if (IMAGE.test(image) || IMAGE_ID.test(image)) return null;
  return 'must be the name of an image such as node:24, in small letters and without spaces';
}

/** A name that OpenSSH takes for an option would run what it likes. */
export function hostProblem(host: string): Problem {
  if (/^[^\s-][^\s]*$/.test(host)) return null;
  return 'must be the name of a host such as build or me@example.org, without spaces and not starting with `-`';
}

/** What a host can be asked for: a word, which an option of a command line takes as it is. */
export function labelProblem(label: string): Problem {
  if (/^[A-Za-z0-9][\w.:+-]*$/.test(label)) return null;
  return 'must be a word such as linux or gpu';
}

const PORT = /^(?:(?:(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:]+\]):)?(\d*):)?(\d+)(?:\/(tcp|udp|sctp))?$/;
const isPort = (digits: string): boolean => Number(digits) >= 1 && Number(digits) <= 65_535;

export function portProblem(port: string): Problem {
  const [, published = '', inside = ''] = PORT.exec(port) ?? [];
  if (isPort(inside) && (published === '' || isPort(published))) return null;
  return 'must be a port such as 5432, 8080:80 or 127.0.0.1:8080:80/tcp';
}

/** A port of a process of this machine: a name for the free one that it gets. */
export function portNameProblem(port: string): Problem {
  if (/^\d+$/.test(port) && isPort(port)) return null;
  return 'must be one number such as 5432, as a free port of this machine stands for it';
}

/** The port in the container, as `services.<id>.ports` names it: `5432`, `53/udp`; null where an expression decides it. */
export function portInside(port: string): string | null {
  if (port.includes('${{')) return null;
  const [, , inside, protocol = 'tcp'] = PORT.exec(port) ?? [];
  if (inside === undefined) return null;
  return protocol === 'tcp' ? inside : `${inside}/${protocol}`;
}

const isAbsolute = (path: string): boolean => /^(?:\/|[A-Za-z]:[\\/])/.test(path);
const isRoot = (path: string): boolean => /^(?:[A-Za-z]:)?[\\/]+$/.test(path);

export function mountProblem({ from, to }: PlannedMount): Problem {
  if (!isAbsolute(to) || isRoot(to))
    return 'must lead to an absolute path in the container, such as cache:/root/.cache';
  const isName = /^[A-Za-z0-9][\w.-]*$/.test(from);
  const isFolder = isAbsolute(from) || from.startsWith('~/') || !(leavesFolder(from) || from.startsWith('~'));
  if (from === '' || isName || isFolder) return null;
  return 'must mount a volume, an absolute path, one below `~/`, or one that stays inside the workspace';
}

/** `from:to`, `from:to:ro`, or `to` alone, which is a volume without a name; a drive's `C:` is part of `from`. */
export function readMount(text: string): PlannedMount {
  const isReadOnly = text.endsWith(':ro');
  const rest = text.replace(/:(?:ro|rw)$/, '');
  const colon = separatorOf(rest);
  return {
    from: colon < 0 ? '' : rest.slice(0, colon),
    to: rest.slice(colon + 1),
    isReadOnly,
  };
}

/** The last colon that is neither part of an expression nor that of a drive; -1 for none. */
function separatorOf(text: string): number {
  const plain = withoutExpressions(text);
  const last = plain.lastIndexOf(':');
  if (last <= 0) return -1;
  const isDrive = /^[A-Za-z]:[\\/]/.test(plain.slice(last - 1, last + 2));
  if (!isDrive || !(last === 1 || plain[last - 2] === ':')) return last;
  return last === 1 ? -1 : last - 2;
}

/** As long as it was. */
function withoutExpressions(text: string): string {
  let plain = '';
  let from = 0;
  for (const { start, end } of findExpressions(text)) {
    plain += text.slice(from, start) + '_'.repeat(end - start);
    from = end;
  }
  return plain + text.slice(from);
}

/** What is wrong with a place and its services once their expressions have values: a sentence's end, or null. */
export function placeProblem(place: PlannedPlace, services: readonly PlannedService[]): Problem {
  if (place.type === 'ssh') {
    const problem = hostProblem(place.host);
    if (problem !== null) return `\`runs-on.ssh\` ${problem}`;
  }
  if (place.type === 'ssh-labels') {
    const problem = place.labels.map(labelProblem).find((found) => found !== null) ?? null;
    if (problem !== null) return `\`runs-on.ssh.labels\` ${problem}`;
  }
  const own = place.type === 'container' ? containerProblem('container', place.container) : null;
  if (own !== null) return own;
  for (const service of services) {
    const name = `services.${service.id}`;
    const problem = isContainerService(service)
      ? containerProblem(name, service)
      : processProblem(name, service.ports);
    if (problem !== null) return problem;
  }
  return null;
}

function processProblem(name: string, ports: readonly string[]): Problem {
  const found = ports.map(portNameProblem).find((problem) => problem !== null);
  return found === undefined ? null : `\`${name}.ports\` ${found}`;
}

function containerProblem(
  name: string,
  { image, ports, mounts, platform, options }: PlannedContainer,
): Problem {
  const problems = [
    [`${name}.image`, imageProblem(image)] as const,
    ...ports.map((port) => [`${name}.ports`, portProblem(port)] as const),
    ...mounts.map((mount) => [`${name}.volumes`, mountProblem(mount)] as const),
    [`${name}.platform`, platform === undefined ? null : platformProblem(platform)] as const,
    [
      `${name}.options`,
      options === undefined ? null : optionsProblem(options, name === 'container' ? 'stage' : 'service'),
    ] as const,
  ];
  const found = problems.find(([, problem]) => problem !== null);
  return found === undefined ? null : `\`${found[0]}\` ${found[1] ?? ''}`;
}
