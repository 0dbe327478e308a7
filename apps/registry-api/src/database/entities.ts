import { accessEntities } from '../access/access.entities.js';
import { blobEntities } from '../blobs/blob.entity.js';
import { manifestEntities } from '../manifests/manifest.entity.js';
import { repositoryEntities } from '../repositories/repository.entity.js';
import { tagEntities } from '../tags/tag.entity.js';
import { SigningKeyEntity } from '../token/signing-key.entity.js';
import { UploadEntity } from '../uploads/upload.entity.js';

/** Every entity; `npm run check` compares their columns with the migrated schema. */
export const entities = [
  ...accessEntities,
  ...repositoryEntities,
  ...blobEntities,
  ...manifestEntities,
  ...tagEntities,
  UploadEntity,
  SigningKeyEntity,
];
