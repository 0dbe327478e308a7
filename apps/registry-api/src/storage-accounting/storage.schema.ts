import { z } from 'zod';
import { cursorPageSchema } from '../http/cursor-page.js';

export const storageQuerySchema = cursorPageSchema.pick({ limit: true });

const owner = z
  .object({
    name: z.string(),
    exclusiveBytes: z
      .int()
      .meta({ description: 'Of blobs that nobody else of its kind has: what its going frees.' }),
    sharedBytes: z.int().meta({ description: 'Of blobs that others of its kind have as well.' }),
    isInTrash: z.boolean(),
  })
  .meta({ id: 'StorageOwner' });

export const storageSchema = z
  .object({
    totalBytes: z.int().meta({ description: 'Of all blobs in the store, each once.' }),
    exclusiveBytes: z.int().meta({ description: 'Of blobs that at most one repository has.' }),
    sharedBytes: z.int().meta({ description: 'Of blobs that several repositories have, each once.' }),
    savedBytes: z.int().meta({ description: 'What more it would be if repositories shared nothing.' }),
    unlinkedBytes: z.int().meta({
      description: 'Of blobs that no repository has: a collection removes them after the grace period.',
    }),
    trashBytes: z.int().meta({ description: 'Of blobs that only trash needs.' }),
    manifestBytes: z.int().meta({ description: 'Of manifests; they lie in the database.' }),
    blobCount: z.int(),
    namespaces: z.array(owner).meta({ description: 'Those whose going would free most.' }),
    repositories: z.array(owner).meta({ description: 'Those whose going would free most.' }),
  })
  .meta({ id: 'Storage' });

export type StorageQuery = z.output<typeof storageQuerySchema>;
export type StorageAnswer = z.output<typeof storageSchema>;
