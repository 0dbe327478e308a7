// What a comparison is asked for.
import { StartFailure } from '../../scripts/start/failure.mjs';
import { sizes } from './sizes.mjs';
import { studies } from './studies.mjs';
import { workloads } from './workloads.mjs';

const STORES = ['filesystem', 's3'];
const NAMED = ['rounds', 'seconds', 'only', 'store', 'peer'];
const FLAGS = ['--quick', '--record'];

/** @param {string[]} options */
export function readOptions(options) {
  const unknown = options.find((option) => !FLAGS.includes(option) && !isNamed(option));
  if (unknown)
    throw new StartFailure(
      `"${unknown}": ${NAMED.map((name) => `--${name}=…`).join(', ')}, ${FLAGS.join(', ')}`,
    );
  const given = (/** @type {string} */ name) =>
    options.find((text) => text.startsWith(`--${name}=`))?.slice(name.length + 3);
  const isQuick = options.includes('--quick');
  const stores = given('store')?.split(',') ?? STORES;
  checkNames('store', stores, STORES);
  const only = given('only')?.split(',');
  checkNames(
    'work',
    only ?? [],
    [...workloads, ...studies].map(({ id }) => id),
  );
  const isChosen = (/** @type {{ id: string }} */ { id }) => !only || only.includes(id);
  return {
    rounds: numberOf('rounds', given('rounds'), isQuick ? 1 : 3),
    seconds: numberOf('seconds', given('seconds'), isQuick ? 1 : 3),
    size: sizes[isQuick ? 'quick' : 'usual'],
    chosen: workloads.filter(isChosen),
    studies: studies.filter(isChosen),
    stores,
    peers: options.filter((text) => text.startsWith('--peer=')).map(splitPeer),
    isQuick,
    isRecorded: options.includes('--record'),
  };
}

/** @typedef {ReturnType<typeof readOptions>} Wanted */

/** @param {string} option */
function isNamed(option) {
  return NAMED.some((name) => option.startsWith(`--${name}=`));
}

/** @param {string} kind @param {string[]} names @param {string[]} known */
function checkNames(kind, names, known) {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new StartFailure(`There is no ${kind} "${unknown}": it is ${known.join(', ')}`);
}

/** @param {string} name @param {string | undefined} text @param {number} byDefault */
function numberOf(name, text, byDefault) {
  const number = Number(text ?? byDefault);
  if (Number.isInteger(number) && number > 0) return number;
  throw new StartFailure(`--${name}=${text}: a whole number from 1`);
}

/** @param {string} option */
function splitPeer(option) {
  const [name = '', ...url] = option.slice('--peer='.length).split('=');
  if (name === '' || !URL.canParse(url.join('=')))
    throw new StartFailure(`"${option}": --peer=NAME=URL, such as --peer=zot=http://localhost:5001`);
  return { name, url: url.join('=') };
}
