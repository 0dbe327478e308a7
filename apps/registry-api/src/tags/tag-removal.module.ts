import { Module } from '@nestjs/common';
import { TagRemoval } from './tag-removal.service.js';
import { TagRemovalStore } from './tag-removal.store.js';

/** Apart, since manifests and tags both need it. */
@Module({ providers: [TagRemoval, TagRemovalStore], exports: [TagRemoval] })
export class TagRemovalModule {}
