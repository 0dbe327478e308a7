export interface Guide {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly Step[];
}

interface Step {
  readonly what: string;
  readonly command: string;
  readonly isPrompt?: boolean;
}

/** How each client signs in, pushes and pulls here, with what it needs over plain HTTP. */
export function clientGuides(registry: URL, username: string): Guide[] {
  const host = registry.host;
  const image = `${host}/${username.toLowerCase()}/my-app:1.0`;
  const isPlain = registry.protocol === 'http:';
  const plain = (flag: string) => (isPlain ? ` ${flag}` : '');
  return [
    docker(host, image, username),
    podman(host, image, username, plain),
    ...others(host, image, username, plain),
  ];
}

function docker(host: string, image: string, username: string): Guide {
  return {
    id: 'docker',
    title: 'Docker',
    steps: [
      {
        what: 'Sign in, with your password or an access token.',
        command: `docker login ${host} -u ${username}`,
      },
      { what: 'Name an image for this Berth.', command: `docker tag my-app ${image}` },
      {
        what: 'Push it. The repository is made, private, if it is not there yet.',
        command: `docker push ${image}`,
      },
      { what: 'Pull it elsewhere.', command: `docker pull ${image}` },
      {
        what: 'Build for two platforms and push both behind one tag.',
        command: `docker buildx build --platform linux/amd64,linux/arm64 -t ${image} --push .`,
      },
      { what: 'Find images from the terminal.', command: `docker search ${host}/my-app` },
    ],
  };
}

function podman(host: string, image: string, username: string, plain: (flag: string) => string): Guide {
  const insecure = plain('--tls-verify=false');
  return {
    id: 'podman',
    title: 'Podman',
    steps: [
      { what: 'Sign in.', command: `podman login${insecure} -u ${username} ${host}` },
      { what: 'Push.', command: `podman push${insecure} my-app ${image}` },
      { what: 'Pull.', command: `podman pull${insecure} ${image}` },
    ],
  };
}

function others(host: string, image: string, username: string, plain: (flag: string) => string): Guide[] {
  const namespace = username.toLowerCase();
  return [
    {
      id: 'skopeo',
      title: 'Skopeo',
      steps: [
        {
          what: 'Copy an image from another registry, all platforms, digests unchanged.',
          command: `skopeo copy --all --preserve-digests${plain('--dest-tls-verify=false')} docker://docker.io/library/alpine:3 docker://${host}/${namespace}/alpine:3`,
        },
        {
          what: 'Look at an image without pulling it.',
          command: `skopeo inspect${plain('--tls-verify=false')} docker://${image}`,
        },
      ],
    },
    {
      id: 'crane',
      title: 'crane',
      steps: [
        { what: 'Sign in.', command: `crane auth login ${host} -u ${username}` },
        {
          what: 'List the tags of a repository.',
          command: `crane ls${plain('--insecure')} ${host}/${namespace}/my-app`,
        },
      ],
    },
    {
      id: 'oras',
      title: 'ORAS',
      steps: [
        {
          what: 'Push any file as an artifact.',
          command: `oras push${plain('--plain-http')} ${host}/${namespace}/model:1.0 model.bin`,
        },
        {
          what: 'Attach an SBOM to an image: it stands among its referrers.',
          command: `oras attach${plain('--plain-http')} --artifact-type application/spdx+json ${image} sbom.spdx.json`,
        },
      ],
    },
    {
      id: 'helm',
      title: 'Helm',
      steps: [
        { what: 'Sign in.', command: `helm registry login${plain('--plain-http')} -u ${username} ${host}` },
        {
          what: 'Push a chart.',
          command: `helm push${plain('--plain-http')} my-chart-1.0.0.tgz oci://${host}/${namespace}`,
        },
        {
          what: 'Install it.',
          command: `helm install${plain('--plain-http')} my-release oci://${host}/${namespace}/my-chart --version 1.0.0`,
        },
      ],
    },
    {
      id: 'cosign',
      title: 'cosign',
      steps: [
        {
          what: 'Sign an image by its digest.',
          command: `cosign sign${plain('--allow-http-registry')} --key cosign.key ${host}/${namespace}/my-app@sha256:…`,
        },
        {
          what: 'Verify it.',
          command: `cosign verify${plain('--allow-http-registry')} --key cosign.pub ${image}`,
        },
      ],
    },
    {
      id: 'ci',
      title: 'CI and Kubernetes',
      steps: [
        {
          what: 'Make an access token or a robot, keep its secret as BERTH_TOKEN, and sign in without showing it.',
          command: `echo "$BERTH_TOKEN" | docker login -u ${username} --password-stdin ${host}`,
        },
        {
          what: 'Give a cluster what it needs to pull.',
          command: `kubectl create secret docker-registry berth --docker-server=${host} --docker-username=${username} --docker-password="$BERTH_TOKEN"`,
        },
      ],
    },
  ];
}
