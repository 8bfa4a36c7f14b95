import type { ServiceFacts } from '#main/engine/ports.ts';

/**
 * Where services are, as variables: `DB_HOST`, `DB_PORT` (its first port) and `DB_PORT_5432` for a service `db`. Whatever the
 * stage says itself stays.
 * @param env of the stage
 */
export function serviceVariables(
  services: Readonly<Record<string, ServiceFacts>>,
  env: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {};
  for (const [id, { host, ports }] of Object.entries(services)) {
    const prefix = id.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
    variables[`${prefix}_HOST`] = host;
    const [first] = Object.values(ports);
    if (first !== undefined) variables[`${prefix}_PORT`] = String(first);
    for (const [inside, port] of Object.entries(ports)) variables[`${prefix}_PORT_${inside}`] = String(port);
  }
  return Object.fromEntries(Object.entries(variables).filter(([name]) => env[name] === undefined));
}
