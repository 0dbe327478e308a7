import { counts, may } from '../model.js';
import { apiPresentations, type Probe, statusAndAbsence } from './probe.js';

const events = '/api/v1/events';

/** Streams of what happens: of a repository that the asker reads, and of the asker's own. */
export const eventProbes: readonly Probe[] = [
  {
    route: `GET ${events}`,
    name: 'of a repository',
    presentations: apiPresentations,
    request: ({ repository }) => ({
      method: 'GET',
      path: `${events}?repository=${encodeURIComponent(repository)}`,
    }),
    expected: (world, asker, _presentation, repository) => {
      if (!counts(world, asker)) return '401';
      return may(world, asker, 'pull', repository)
        ? '200'
        : '404 There is no such repository, or you may not read it.';
    },
    seen: statusAndAbsence,
  },
  {
    route: `GET ${events}`,
    name: 'own',
    presentations: apiPresentations,
    request: () => ({ method: 'GET', path: events }),
    expected: (world, asker) => (counts(world, asker) && asker.kind !== 'anonymous' ? '200' : '401'),
    seen: (status) => String(status),
  },
];
