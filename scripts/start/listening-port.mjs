import { StartFailure } from './failure.mjs';
import { freePort, isAnswered, obstacleToListening } from './ports.mjs';

const LAST_PORT_TRIED = 5010;

/**
 * The port to listen on: the one asked for, or, when none was, the first free one from 5000 to 5010.
 *
 * @param {{ port: number, isPortGiven: boolean, host: string }} env
 * @returns {Promise<number>}
 * @throws {StartFailure} when it cannot be had
 */
export async function chooseListeningPort({ port, isPortGiven, host }) {
  if (isPortGiven && port === 0) return freePort();
  const last = isPortGiven ? port : LAST_PORT_TRIED;
  for (let candidate = port; candidate <= last; candidate++) {
    const obstacle = await obstacleTo(candidate, host);
    if (!obstacle) return candidate;
    if (obstacle !== 'EADDRINUSE') throw new StartFailure(cannotListen(obstacle, candidate, host));
  }
  throw new StartFailure(
    isPortGiven
      ? `Port ${port} on ${host} is in use by another program: set BERTH_PORT to a free one, or end that program.`
      : `The ports ${port} to ${last} on ${host} are all in use: set BERTH_PORT to a free one.`,
  );
}

/** @param {number} port @param {string} host */
async function obstacleTo(port, host) {
  const obstacle = await obstacleToListening(port, host);
  if (obstacle) return obstacle;
  return (await isAnswered(port)) ? 'EADDRINUSE' : undefined;
}

/** @param {string} obstacle @param {number} port @param {string} host */
function cannotListen(obstacle, port, host) {
  if (obstacle === 'EACCES') {
    return `Port ${port} on ${host} may not be opened by this user: set BERTH_PORT to one above 1023.`;
  }
  return `Berth cannot listen on ${host}, port ${port} (${obstacle}): set BERTH_HOST to an address of this machine.`;
}
