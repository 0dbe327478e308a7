import { Module } from '@nestjs/common';
import { StarStore } from './star.store.js';
import { StarsController } from './stars.controller.js';
import { Stars } from './stars.service.js';

@Module({ controllers: [StarsController], providers: [Stars, StarStore] })
export class StarsModule {}
