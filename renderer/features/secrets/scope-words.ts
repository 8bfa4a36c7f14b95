import type { Project, SecretInfo } from '#shared/api/schemas.ts';

type Scope = SecretInfo['scope'];
type Named = Pick<Project, 'id' | 'name'>;

/** Where a secret is seen: `everywhere`, `web-shop`, `web-shop, production`. */
export function scopeWords(scope: Scope, projects: readonly Named[]): string {
  if (scope.type === 'global') return 'everywhere';
  const name = projects.find(({ id }) => id === scope.projectId)?.name ?? 'a project off the list';
  return scope.type === 'project' ? name : `${name}, ${scope.environment}`;
}

/** Equal for the same name in the same scope, which is the same secret. */
export const secretKey = ({ name, scope }: Pick<SecretInfo, 'name' | 'scope'>): string =>
  JSON.stringify([
    name,
    scope.type,
    scope.type === 'global' ? '' : scope.projectId,
    scope.type === 'environment' ? scope.environment : '',
  ]);

/** Lists of several projects as one, each secret once: every list has the global ones. */
export function mergeSecrets(lists: readonly (readonly SecretInfo[])[]): SecretInfo[] {
  const byKey = new Map(lists.flat().map((secret) => [secretKey(secret), secret]));
  return [...byKey.values()].sort((a, b) => a.name.localeCompare(b.name));
}
