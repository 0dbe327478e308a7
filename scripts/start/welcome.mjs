import { seconds } from './stage.mjs';

/**
 * What a start prints at its end: where Berth is, who its admin is, and the three commands to try.
 *
 * @param {{ publicUrl: URL, admin: { username: string, generatedPassword?: string }, tookMilliseconds: number }} facts
 */
export function welcome({ publicUrl, admin, tookMilliseconds }) {
  const registry = publicUrl.host;
  const password = admin.generatedPassword
    ? [`  Password    ${admin.generatedPassword}    (shown this once: keep it)`]
    : [];
  return [
    `  ${'ready'.padEnd(12)}${seconds(tookMilliseconds)}`,
    '',
    `  Address     ${publicUrl.origin}`,
    `  Admin       ${admin.username}`,
    ...password,
    '',
    '  Try it with any image you have, here busybox:',
    '',
    `    docker login ${registry} -u ${admin.username}`,
    `    docker tag busybox ${registry}/library/busybox`,
    `    docker push ${registry}/library/busybox`,
    '',
    '  Ctrl-C stops it.',
    '',
  ].join('\n');
}

/** Clients that were told the usual port would reach another program. @param {number} usual @param {number} port */
export function sayOtherPort(usual, port) {
  return [
    `  !!  Port ${usual} is in use by another program, so this Berth listens on ${port}.`,
    '  !!  Set BERTH_PORT to choose the port yourself.',
    '',
  ].join('\n');
}
