import type { ProjectId } from '#shared/lib/ids.ts';

/** Where a secret is seen: everywhere, in one project, or in one environment of one project. */
export type SecretScope =
  | { readonly type: 'global' }
  | { readonly type: 'project'; readonly projectId: ProjectId }
  | { readonly type: 'environment'; readonly projectId: ProjectId; readonly environment: string };

/** What tells scopes apart; also part of what a value's seal covers. */
export function scopeKey(scope: SecretScope): string {
  switch (scope.type) {
    case 'global':
      return JSON.stringify(['global']);
    case 'project':
      return JSON.stringify(['project', scope.projectId]);
    case 'environment':
      return JSON.stringify(['environment', scope.projectId, scope.environment]);
  }
}

/** From the one that wins to the one that is overridden. */
export function scopesOf(projectId: ProjectId, environment: string | null): SecretScope[] {
  const scopes: SecretScope[] = [{ type: 'project', projectId }, { type: 'global' }];
  return environment === null ? scopes : [{ type: 'environment', projectId, environment }, ...scopes];
}
