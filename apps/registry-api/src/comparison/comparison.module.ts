import { Module } from '@nestjs/common';
import { ComparisonController } from './comparison.controller.js';
import { Comparison } from './comparison.service.js';
import { ComparisonStore } from './comparison.store.js';

@Module({
  controllers: [ComparisonController],
  providers: [Comparison, ComparisonStore],
})
export class ComparisonModule {}
