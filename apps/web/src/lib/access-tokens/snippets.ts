/** How to use a secret, by place. The secret itself stays out of them: it goes where secrets are kept. */
export function secretSnippets(
  host: string,
  username: string,
): { label: string; text: string; isPrompt: boolean }[] {
  return [
    {
      label: 'docker login',
      text: `echo "$BERTH_TOKEN" | docker login -u ${username} --password-stdin ${host}`,
      isPrompt: true,
    },
    {
      label: 'Kubernetes',
      text: `kubectl create secret docker-registry berth --docker-server=${host} --docker-username=${username} --docker-password="$BERTH_TOKEN"`,
      isPrompt: true,
    },
    {
      label: 'GitHub Actions',
      text: [
        '- uses: docker/login-action@v3',
        '  with:',
        `    registry: ${host}`,
        `    username: ${username}`,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is GitHub's own placeholder
        '    password: ${{ secrets.BERTH_TOKEN }}',
      ].join('\n'),
      isPrompt: false,
    },
    {
      label: 'GitLab CI',
      text: [
        'before_script:',
        `  - echo "$BERTH_TOKEN" | docker login -u ${username} --password-stdin ${host}`,
      ].join('\n'),
      isPrompt: false,
    },
  ];
}
