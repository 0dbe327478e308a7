// Ctrl-C ends what was started: servers run in sessions of their own, so that it does not reach them by itself.

/** @type {(() => void)[]} */
const actions = [];

/** @param {() => void} action of one turn: the process ends right after */
export function onInterrupt(action) {
  if (actions.length === 0) {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, endAll);
  }
  actions.push(action);
}

function endAll() {
  for (const action of actions.toReversed()) action();
  process.exit(130);
}
