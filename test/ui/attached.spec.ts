// needs: chromium oras cosign
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientProgram } from '../clients/client-program.js';
import { randomImage } from '../support/images.js';
import type { Credentials } from '../support/registry-client.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { expectNoViolations } from '../support/ui/accessibility.js';
import { type Site, startSite } from '../support/ui/site.js';

let site: Site;
let ada: Credentials;
let directory: string;
const image = randomImage();
beforeAll(async () => {
  site = await startSite();
  directory = await temporaryDirectory('attached');
  ada = await site.user('ada');
  await site.registry(ada).push('ada/app', image, '1.0');
});
afterAll(async () => {
  await site?.stop();
  if (directory) await removeDirectory(directory);
});

/** Journey 9. */
it('lists what is signed and attached as what it is, and nothing of it among the tags', async () => {
  const { host } = site.berth;
  const login = ['--username', ada.username, '--password', ada.password];
  const oras = clientProgram('oras', directory);
  const cosign = clientProgram('cosign', directory, { COSIGN_PASSWORD: '' });
  await oras('login', '--plain-http', ...login, host);
  writeFileSync(join(directory, 'sbom.json'), '{"packages":[]}');
  const sbom = [
    '--artifact-type',
    'application/spdx+json',
    `${host}/ada/app:1.0`,
    'sbom.json:application/spdx+json',
  ];
  await oras('attach', '--plain-http', ...sbom);
  await cosign('login', ...login, host);
  await cosign('generate-key-pair');
  const reference = `${host}/ada/app@${image.digest}`;
  const offline = ['--key', 'cosign.key', '--allow-http-registry', '--tlog-upload=false', '--yes'];
  await cosign('sign', ...offline, reference);
  writeFileSync(join(directory, 'predicate.json'), '{"buildType":"by hand"}');
  await cosign(
    'attest',
    ...offline,
    '--predicate',
    'predicate.json',
    '--type',
    'https://example.com/made/v1',
    reference,
  );

  const { page, problems, ...visitor } = await site.signedIn(ada);
  await visitor.open('/r/ada/app/-/tags');
  await page.getByRole('link', { name: '1.0', exact: true }).waitFor();
  expect(await page.getByText(/^sha256-/).count()).toBe(0);
  await page.getByRole('link', { name: '1.0', exact: true }).click();
  await page.getByText('Signed', { exact: true }).waitFor();
  await page.getByRole('link', { name: /Referrers/ }).click();
  for (const kind of ['Signature', 'SBOM', 'Attestation'])
    await page.getByRole('main').getByText(kind, { exact: true }).first().waitFor();
  await expectNoViolations(page);
  expect(problems.all()).toEqual([]);
});

it('runs nothing of what a README, a description, a label and an annotation say', async () => {
  const evil = '<script>window.ran = true</script><img src=x onerror="window.ran = true">';
  const readme = `# Hello\n\n${evil}\n\n[a link](javascript:window.ran=true) ![p](http://elsewhere.invalid/p.png)`;
  const labels = { evil, 'org.opencontainers.image.url': 'javascript:window.ran=true' };
  await site.registry(ada).push('ada/evil', randomImage({ labels, annotations: labels }), 'evil');
  const api = site.api(ada);
  await api.patch('/repositories/ada%2Fevil', { readme, description: evil }).expect(200);
  const { page, problems, ...visitor } = await site.signedIn(ada);
  for (const path of [
    '',
    '/-/tags',
    '/-/tags/evil',
    '/-/tags/evil?tab=config',
    '/-/tags/evil?tab=annotations',
    '/-/settings',
  ]) {
    expect(await visitor.open(`/r/ada/evil${path}`)).toBe(200);
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(await page.locator('a[href^="javascript:" i], img, iframe, script:not([nonce])').count()).toBe(0);
  }
  await visitor.open('/r/ada/evil');
  await page.getByRole('heading', { name: 'Hello' }).waitFor();
  expect(problems.all()).toEqual([]);
});
