import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { contract } from '#shared/api/contract.ts';
import { VERSION } from '../version.ts';

/** The contract as an OpenAPI document, for tools in any language. */
export function openApiDocument(port: number): Promise<object> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return generator.generate(contract, {
    info: {
      title: 'Pipewright',
      version: VERSION,
      description: 'Pipelines, runs, logs, artifacts and reports of one data folder.',
    },
    servers: [{ url: `http://127.0.0.1:${port}/api` }],
    security: [{ token: [] }],
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'The token in the address that `pipewright serve` prints.',
        },
      },
    },
  });
}
