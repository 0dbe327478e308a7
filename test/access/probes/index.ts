import { accountProbes } from './accounts.js';
import { administrationProbes } from './administration.js';
import { eventProbes } from './events.js';
import { listProbes } from './lists.js';
import { namespaceProbes } from './namespaces.js';
import type { Probe } from './probe.js';
import { registryProbes } from './registry.js';
import { repositoryProbes } from './repositories.js';
import { tokenProbes } from './tokens.js';
import { trashProbes } from './trash.js';

/** Every route that answers by who asks. */
export const probes: readonly Probe[] = [
  ...registryProbes,
  ...tokenProbes,
  ...listProbes,
  ...repositoryProbes,
  ...eventProbes,
  ...namespaceProbes,
  ...trashProbes,
  ...accountProbes,
  ...administrationProbes,
];
