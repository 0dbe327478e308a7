import { Module } from '@nestjs/common';
import { ManifestRestoration } from './manifest-restoration.js';
import { ManifestRestorationStore } from './manifest-restoration.store.js';
import { ManifestTrashController } from './manifest-trash.controller.js';
import { ManifestTrash } from './manifest-trash.service.js';
import { RepositoryPurgeStore } from './repository-purge.store.js';
import { TrashController } from './trash.controller.js';
import { TrashAccess } from './trash-access.js';
import { TrashAnswers } from './trash-answers.js';
import { TrashChanges } from './trash-changes.service.js';
import { TrashList } from './trash-list.service.js';
import { TrashListStore } from './trash-list.store.js';
import { TrashPurge } from './trash-purge.js';
import { TrashedManifestStore } from './trashed-manifest.store.js';
import { TrashedMarksStore } from './trashed-marks.store.js';

@Module({
  controllers: [TrashController, ManifestTrashController],
  providers: [
    TrashList,
    TrashListStore,
    TrashAccess,
    TrashChanges,
    TrashedMarksStore,
    RepositoryPurgeStore,
    TrashPurge,
    ManifestTrash,
    ManifestRestoration,
    ManifestRestorationStore,
    TrashedManifestStore,
    TrashAnswers,
  ],
  exports: [ManifestRestoration, ManifestTrash, TrashPurge],
})
export class TrashModule {}
