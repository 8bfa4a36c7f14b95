import { block, pipelineText, script, yamlText } from './pipeline-text.ts';
import type { PipelineTemplate } from './template.ts';

const IMAGE = "${{ vars.image }}:${{ git.commit || 'dev' }}";

export const containerTemplate: PipelineTemplate = {
  id: 'container-image',
  title: 'Container image',
  summary: 'Builds an image, keeps it, and pushes it when a run is told to.',
  keywords: ['docker', 'podman', 'oci', 'registry'],
  rank: 1,
  reason: ({ containerFile }) => containerFile,
  write({ name, containerFile }) {
    const image =
      name
        .toLowerCase()
        .replaceAll(/[^a-z0-9._-]+/g, '-')
        .replaceAll(/^[._-]+|[._-]+$/g, '') || 'app';
    return pipelineText({
      about: [
        'Builds a container image with Docker and keeps it with the run; pushes it when a run is told to.',
        'podman takes the same words.',
      ],
      name: `${name} image`,
      head: [
        'timeout: 1h',
        ...block('inputs', ['push: { type: boolean, description: Push the image to the registry }']),
        ...block('vars', [
          '# Replace: the registry, and the image in it.',
          'registry: registry.example.com',
          `image: registry.example.com/${image}`,
        ]),
        ...block('secrets', [
          'REGISTRY_USER: { description: Who pushes to the registry }',
          'REGISTRY_TOKEN: { description: The password or token of that user }',
        ]),
      ],
      stages: [
        {
          id: 'build',
          about: ["Docker keeps its own layers: the second build is quick. The tag is the commit's."],
          lines: [
            `run: docker build --file ${yamlText(containerFile ?? 'Dockerfile')} --tag "${IMAGE}" .`,
            'timeout: 30m',
          ],
        },
        {
          id: 'check',
          about: ['Replace: start the image and ask it something that shows that it works.'],
          needs: ['build'],
          lines: [`run: docker image inspect "${IMAGE}"`, 'timeout: 5m'],
        },
        {
          id: 'save',
          about: ['`docker load --input image.tar` brings it back.'],
          needs: ['build'],
          lines: [
            `run: docker save --output image.tar "${IMAGE}"`,
            'timeout: 10m',
            ...block('artifacts', [
              'name: image',
              'paths: image.tar',
              'if-no-files-found: error',
              'retention: 14d',
            ]),
          ],
        },
        {
          id: 'push',
          needs: ['check'],
          lines: [
            'if: inputs.push',
            'secrets: [REGISTRY_USER, REGISTRY_TOKEN]',
            'shell: bash',
            ...script(
              'run',
              [
                'docker login --username "$REGISTRY_USER" --password-stdin ${{ vars.registry }} <<< "$REGISTRY_TOKEN"',
                `docker push "${IMAGE}"`,
              ].join('\n'),
            ),
            'timeout: 20m',
            'retry: 2',
          ],
        },
      ],
    });
  },
};
